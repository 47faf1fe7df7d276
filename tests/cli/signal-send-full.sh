#!/bin/sh
# the queue of signals is full: send --value has status 3 and says whose limit; what kill(2) brings then is marked as lost
. "$(dirname "$0")/lib.sh"

# A limit counts all signals that wait for the user's processes: nobody has few.
nobody_prepare ipctl
background as_nobody prlimit --sigpending=3 -- "$nobody_program" signal run --block RTMIN,USR1 -- sleep 60
wait_until grep -qx sleep "/proc/$bg/comm"
sent=0
status=0
while [ "$sent" -lt 9 ]; do
    ipctl signal send "$bg" RTMIN --value "$sent" 2> "$err" || { status=$? && break; }
    sent=$((sent + 1))
done
[ "$status" = 3 ] && [ "$sent" -le 3 ] || fail "status $status after $sent"
expect_error "$bg: the queue of signals of its user is full ("
expect_error " of 3): its limit is RLIMIT_SIGPENDING, 'prlimit --pid $bg --sigpending'"
ipctl signal stat "$bg" -o queued,limit --raw --noheadings | grep -qx '[0-9]* 3'
