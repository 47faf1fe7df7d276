#!/bin/sh
# signal send --if-handled: only where the process catches the signal; else status 3, and nothing is sent
. "$(dirname "$0")/lib.sh"

background signal-catch 10 > got
wait_until test -s got
expect_output '' ipctl signal send "$bg" USR1 --if-handled
wait_until grep -qx '10 0 0 main' got
expect_status 3 ipctl signal send "$bg" USR2 --if-handled
expect_error "$bg: does not catch USR2; nothing was sent"
ipctl signal send "$bg" 0
background ipctl signal run --ignore HUP -- sleep 60
wait_until grep -qx sleep "/proc/$bg/comm"
expect_status 3 ipctl signal send "$bg" HUP --if-handled
expect_error 'does not catch HUP but ignores it'
expect_status 2 ipctl signal send "$bg" KILL --if-handled
expect_error 'nobody can catch KILL'
