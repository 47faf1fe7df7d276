#!/bin/sh
# pipe send --drain returns when all is read; -w ends that with 124; a reader that leaves is an error that counts what was not read
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
expect_status 124 ipctl pipe send --drain -w 50ms "$pipe" one
background ipctl pipe send --drain "$pipe" two
there() { [ "$(ipctl pipe stat -q -b -o bytes --noheadings "$pipe")" = 8 ]; }
wait_until there
expect_output one ipctl pipe recv "$pipe"
kill -0 "$bg" || fail "did not wait"
expect_output two ipctl pipe recv "$pipe"
wait "$bg"
seq 1000 | expect_status 0 sh -c 'ipctl pipe send --drain --stream fd:1 | wc -l'
expect_output 1000 cat "$out"

background ipctl pipe send --drain "$pipe" three
there() { [ "$(ipctl pipe stat -q -b -o bytes --noheadings "$pipe")" = 6 ]; }
wait_until there
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
[ "$status" = 143 ] || fail "status $status"
ipctl pipe recv "$pipe" >got

expect_status 0 sh -c 'ipctl pipe send --drain fd:1 four 2>errors | sh -c "until [ -s errors ]; do read -r x <&9 || exit 0; exit 0; done" 9</dev/null'
grep -q 'its readers left, and 5 bytes were not read' errors || fail "$(cat errors)"
