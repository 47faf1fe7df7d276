#!/bin/sh
# sysv-sem set: what it sets wakes those who wait for it, for more and for zero; those for whom it is not enough sleep on.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 3 600 0 5 0)
waiting() { [ "$(sysv-sem-get "$id" | cut -d ' ' -f 2,3 | xargs)" = "$1" ]; }
background sysv-sem-op "$id" 0:-3
more=$bg
background sysv-sem-op "$id" 1:=0
zero=$bg
background ipctl sysv-sem wait -c 9 "$id:2"
wait_until waiting '1 0 0 1 1 0'
ipctl sysv-sem set "$id:0" --value 2
ipctl sysv-sem set "$id:1" --value 1
ipctl sysv-sem set "$id:2" --value 8
waiting '1 0 0 1 1 0' || fail "woken by too little"
ipctl sysv-sem set "$id:0" --value 4
wait "$more" || fail "status $?"
ipctl sysv-sem set "$id" --values 1,0,10
wait "$zero" || fail "status $?"
wait "$bg" || fail "status $?"
expect_output '1 0 1' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
waiting '0 0 0 0 0 0' || fail "$(sysv-sem-get "$id")"
ipctl sysv-sem rm "$id"
