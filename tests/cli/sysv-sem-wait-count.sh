#!/bin/sh
# sysv-sem wait -c N takes all N at once, or nothing: one who asks for less gets his share meanwhile; it prints nothing unasked.
. "$(dirname "$0")/lib.sh"

waiting() { [ "$(sysv-sem-get "$id" | cut -d ' ' -f 1,2 | xargs)" = "$1" ]; }
id=$(ipctl sysv-sem create 2 --values 2,2)
background sh -c "exec ipctl sysv-sem wait $id:1 -c 4 >got"
wait_until waiting '2 0 2 1'
ipctl sysv-sem post "$id:1"
wait_until waiting '2 0 3 1'
expect_output '' ipctl sysv-sem wait -n "$id:1" -c 2
wait_until waiting '2 0 1 1'
ipctl sysv-sem post "$id:1" -c 2
wait_until waiting '2 0 3 1'
ipctl sysv-sem post "$id:1" -c 3
wait "$bg" || fail "status $?"
[ ! -s got ] || fail "prints $(cat got)"
waiting '2 0 2 0' || fail "took another number: $(sysv-sem-get "$id")"
expect_status 3 ipctl sysv-sem wait -n "$id:1" -c 3
expect_status 124 ipctl sysv-sem wait -w 0.1 "$id:1" -c 3
waiting '2 0 2 0' || fail "took some: $(sysv-sem-get "$id")"
expect_output "$id 1
$id 2" ipctl sysv-sem recv -F '%n %c' -c 2 "$id:1"
expect_output '1 2' sh -c "ipctl sysv-sem wait -J -c 2 $id | jq .seq | xargs"
waiting '0 0 0 0' || fail "took another number: $(sysv-sem-get "$id")"
ipctl sysv-sem set "$id:0" --value 32767
expect_output '' ipctl sysv-sem wait "$id" -c 32767
ipctl sysv-sem rm "$id"
