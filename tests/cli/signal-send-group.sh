#!/bin/sh
# signal send --group: all of a process group, also where its leader has gone; --wait waits for all of them; what leads no group
. "$(dirname "$0")/lib.sh"

background setsid sh -c 'sleep 60 & sleep 60 & echo > go; wait'
group=$bg
wait_until test -e go
expect_output "$group: all of the group ended" ipctl signal send "$group" TERM --group --wait
wait "$group" || [ $? = 143 ] || fail "the leader did not get TERM"
# The leader ends, a member stays.
background setsid sh -c 'signal-catch 10 > got & until [ -s got ]; do sleep 0.02; done'
group=$bg
wait "$group"
read -r _ member _ < got
expect_output '' ipctl signal send "$group" USR1 --group
wait_until grep -qx '10 0 0 main' got
expect_output "$group: all of the group ended" ipctl signal send "$group" --group --escalate 20s:TERM,1s:KILL
expect_status 4 ipctl signal send "$member" TERM
expect_status 4 ipctl signal send "$group" TERM --group
expect_error "$group: "
# With a value, which no call but pidfd_send_signal(2) does for a group.
background setsid signal-catch 34 > got
wait_until grep -q ready got
expect_output '' ipctl signal send "$bg" RTMIN --group --value 5
wait_until grep -qx '34 -1 5 main' got
background sh -c 'exec sleep 60'
expect_status 4 ipctl signal send "$bg" TERM --group
expect_error 'leads no process group; it is in '
expect_status 2 ipctl signal send 1 TERM --group --init
expect_error 'kill(2) reads group 1 as all processes'
expect_status 2 ipctl signal send 0 TERM --group
expect_status 2 ipctl signal send --group -- -5 TERM
expect_status 2 ipctl signal send "$bg" TERM --group --thread "$bg"
