#!/bin/sh
# pipe listen goes on until the last writer has gone; -c, -w and a signal end it before; one that was created goes on without an end
. "$(dirname "$0")/lib.sh"

expect_output "$(seq 5000)" sh -c 'seq 5000 | ipctl pipe listen fd:0'
expect_output 'a
b' sh -c '{ echo a; sh -c "sleep 0.1; echo b"; } | ipctl pipe listen fd:0'
printf '1\n2\n3\n' | { expect_output '1
2' ipctl pipe listen -c 2 fd:0; expect_output 3 cat; }
pipe=$(ipctl pipe create)
background ipctl pipe listen "$pipe" >got
for i in 1 2 3; do
    ipctl pipe send "$pipe" $i
    wait_until grep -qx $i got
done
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
[ "$status" = 143 ] || fail "status $status"
expect_output '1
2
3' cat got
ipctl pipe send "$pipe" 4
expect_status 124 ipctl pipe listen -w 100ms "$pipe"
expect_printed 4
# When its holder goes while it is open, nobody is left to write.
background ipctl pipe listen "$pipe"
wait_until sh -c "grep -q poll /proc/$bg/wchan"
ipctl pipe rm "$pipe"
wait "$bg"
