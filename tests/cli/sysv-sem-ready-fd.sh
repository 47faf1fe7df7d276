#!/bin/sh
# sysv-sem wait and listen --ready-fd N: a newline comes there when the set is found, not before; not at all when there is none.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create)
mkfifo ready
for verb in wait listen; do
    background sh -c "exec ipctl sysv-sem $verb -c 1 -F '%n' --ready-fd 5 $id 5>ready >got"
    IFS= read -r line <ready
    [ -z "$line" ] || fail "$verb: ready says '$line'"
    [ ! -s got ] || fail "$verb: took something"
    ipctl sysv-sem post "$id"
    wait "$bg" || fail "$verb: status $?"
    expect_output "$id" cat got
    expect_status 4 sh -c "exec ipctl sysv-sem $verb --ready-fd 5 0x99 5>said"
    [ ! -s said ] || fail "$verb: ready for a set that is missing"
done
ipctl sysv-sem post "$id"
expect_status 1 ipctl sysv-sem wait --ready-fd 9 "$id"
expect_error --ready-fd
expect_output 1 sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
expect_status 2 ipctl sysv-sem wait --ready-fd=x "$id"
ipctl sysv-sem rm "$id"
