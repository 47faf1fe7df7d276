#!/bin/sh
# sysv-sem create that waits for another creator ends at a signal, with 128+N; when the set is removed meanwhile, it makes a new one.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 2 600)
asleep() { [ "$(readlink "/proc/$bg/exe")" = "$ipctl" ] && grep -q nanosleep "/proc/$bg/wchan"; }
for signal in TERM:143 INT:130 HUP:129; do
    background env --default-signal sh -c 'exec ipctl sysv-sem create --if-missing 0x2a 2 --values 1,5 >got 2>errors'
    wait_until asleep
    kill "-${signal%:*}" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "SIG${signal%:*}: status $status"
    [ ! -s got ] || fail "prints $(cat got)"
done
background sh -c 'exec ipctl sysv-sem create --if-missing 0x2a 2 --values 1,5 >got 2>errors'
wait_until asleep
sysv-rm sem "$id"
wait "$bg" || fail "status $?: $(cat errors)"
[ "$(cat got)" != "$id" ] || fail "prints the id of the removed one"
expect_output '1 5' sh -c "sysv-sem-get $(cat got) | cut -d ' ' -f 1 | xargs"
ipctl sysv-sem rm 0x2a
