#!/bin/sh
# signal send to another user's process, with 0 too: status 1, and whose it is; one's own may be sent to
. "$(dirname "$0")/lib.sh"

background signal-catch 10 > got
wait_until test -s got
expect_status 1 as_nobody ipctl signal send "$bg" USR1
expect_error "$bg: may get USR1 only from user root and from root"
expect_status 1 as_nobody ipctl signal send "$bg" 0
expect_error 'a signal only from user root'
expect_status 1 as_nobody ipctl signal send "$bg" USR1 --value 3
[ "$(wc -l < got)" = 1 ] || fail "something was sent"
as_nobody ipctl signal stat "$bg" -o owner,caught --raw --noheadings | grep -qx 'root USR1'
background as_nobody sleep 60
wait_until grep -qx sleep "/proc/$bg/comm"
expect_status 0 as_nobody ipctl signal send "$bg" TERM --wait
wait "$bg" || [ $? = 143 ] || fail "status of sleep"
