#!/bin/sh
# sysv-sem create --if-missing --values waits for another creator between semget and his values; it gives up after 5 seconds, and says so.
. "$(dirname "$0")/lib.sh"

now() { date +%s%N; }
id=$(sysv-sem-make 0x2a 2 600)
# Who asks for no values does not care.
expect_output "$id" ipctl sysv-sem create --if-missing 0x2a 2
background sh -c 'exec ipctl sysv-sem create --if-missing 0x2a 2 --values 1,5 >got 2>errors'
one=$bg
before=$(now)
expect_status 5 ipctl sysv-sem create --if-missing 0x2a 2 --values 1,5
took=$((($(now) - before) / 1000000))
expect_error '0x2a: its creator has not set its values yet'
if [ $took -lt 4900 ] || [ $took -gt 15000 ]; then fail "gave up after $took ms"; fi
status=0
wait "$one" || status=$?
[ $status = 5 ] || fail "status $status"
expect_output '0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"

# Who waits goes on as soon as the creator has done it, in one semop, be it later than the others'.
background sh -c 'exec ipctl sysv-sem create --if-missing 0x2a 2 --values 1,5 >got 2>errors'
before=$(now)
sysv-sem-op "$id" 0:+1 1:+5
wait "$bg" || fail "status $?: $(cat errors)"
[ "$(cat got)" = "$id" ] || fail "prints $(cat got)"
[ $((($(now) - before) / 1000000)) -lt 4900 ] || fail "waited to the end"
expect_output '1 5' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
sysv-rm sem "$id"
