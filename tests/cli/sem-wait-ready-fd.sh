#!/bin/sh
# --ready-fd N: a newline comes there when the semaphore is open, not before; wait, listen.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s
mkfifo ready
for verb in wait listen; do
    background sh -c "exec ipctl sem $verb -c 1 -F '%n' --ready-fd 5 /s 5>ready >got"
    IFS= read -r line <ready
    [ -z "$line" ] || fail "$verb: ready says '$line'"
    grep -q ' /dev/shm/sem\.s$' "/proc/$bg/maps" || fail "$verb: ready, but the semaphore is not mapped"
    [ ! -s got ] || fail "$verb: took something"
    ipctl sem post /s
    wait "$bg" || fail "$verb: status $?"
    expect_output /s cat got
done

ipctl sem post /s
expect_status 1 ipctl sem wait --ready-fd 9 /s
expect_error --ready-fd
expect_output 1 sem-op /s value
expect_status 2 ipctl sem wait --ready-fd=x /s
ipctl sem rm /s
