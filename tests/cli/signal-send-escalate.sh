#!/bin/sh
# signal send --escalate: the next step only for who has not ended; what ended it is told; the last step is waited for too
. "$(dirname "$0")/lib.sh"

background ipctl signal run --ignore TERM -- sleep 60
deaf=$bg
background ipctl signal run --default TERM -- sleep 60
willing=$bg
wait_until grep -qx sleep "/proc/$deaf/comm"
wait_until grep -qx sleep "/proc/$willing/comm"
expect_status 0 ipctl signal send "$deaf" "$willing" --escalate 100ms:TERM,60s:KILL -v
grep -qx "$deaf: ended by signal KILL" "$out" && grep -qx "$willing: ended by signal TERM" "$out" || fail_command "how they ended"
[ "$(grep -c ', 15, ' "$err")" = 2 ] && [ "$(grep -c ', 9, ' "$err")" = 1 ] || fail_command "what was sent"
background ipctl signal run --ignore TERM,HUP -- sleep 60
wait_until grep -qx sleep "/proc/$bg/comm"
expect_status 124 ipctl signal send "$bg" --escalate 20ms:TERM,20ms:HUP -J
grep -q '"signal":"HUP","number":1,"ended":false,' "$out" || fail_command "the last that was sent"
expect_status 137 ipctl signal send "$bg" --escalate 20ms:TERM,60s:KILL --pass-status
for wrong in TERM 5s: :TERM 5s:TERM, 5s:NONE ,5s:TERM ''; do
    expect_status 2 ipctl signal send $$ --escalate "$wrong"
done
expect_status 2 ipctl signal send $$ TERM --escalate 5s:TERM
expect_error 'there is none at the end'
expect_status 2 ipctl signal send $$ --escalate 5s:TERM --wait
