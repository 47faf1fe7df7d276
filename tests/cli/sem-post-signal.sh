#!/bin/sh
# sem post -c N stopped by a signal: it says how many were made, and the caller sees the signal.
. "$(dirname "$0")/lib.sh"

value() { [ "$(sem-op /s value)" -ge 1000 ]; }
ipctl sem create /s
background env --default-signal sh -c 'exec ipctl sem post -J -c 2147483647 /s >got 2>errors'
wait_until value
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "status $status"
posts=$(sem-op /s value)
expect_output "{\"mechanism\":\"sem\",\"name\":\"/s\",\"sent\":$posts}" cat got
grep -q "^ipctl: sem send: /s: .*$posts posts of 2147483647" errors || fail "complains $(cat errors)"
ipctl sem rm /s
