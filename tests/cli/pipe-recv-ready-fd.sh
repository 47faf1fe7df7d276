#!/bin/sh
# pipe recv and listen --ready-fd: a newline once the pipe is open, before anything is there
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
mkfifo ready
background sh -c "exec ipctl pipe recv --ready-fd 5 $pipe 5>ready >got"
read -r line <ready
[ -z "$line" ]
[ ! -s got ]
ipctl pipe send "$pipe" message
wait "$bg"
expect_output message cat got
for options in --packet --stream; do
    background sh -c "exec ipctl pipe recv $options --ready-fd 5 $pipe 5>ready"
    read -r _ <ready
    kill "$bg"
    wait "$bg" || :
done
expect_status 4 ipctl pipe recv --ready-fd 5 fd:7 5>early
[ ! -s early ] || fail "ready, without a pipe"
expect_status 1 ipctl pipe recv --ready-fd 77 "$pipe"
expect_error "--ready-fd 77: write: Bad file descriptor"
