#!/bin/sh
# a signal ends pipe listen between messages: the one in hand is finished, the others stay in the pipe
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
mkfifo go
ipctl pipe send "$pipe" one two
background ipctl pipe listen "$pipe" -- sh -c 'cat >in-hand; echo >there; read -r x <go; mv in-hand done'
wait_until test -e there
kill -TERM "$bg"
wait_until grep -q '^SigPnd:.0*$' "/proc/$bg/status"
echo >go
status=0
wait "$bg" || status=$?
[ "$status" = 143 ] || fail "status $status"
expect_output one cat "./done"
expect_output two ipctl pipe recv -a "$pipe"
# Waiting, with part of a message there: that stays.
printf part >"/proc/${pipe%:*}/fd/${pipe#*:}"
background ipctl pipe listen "$pipe"
wait_until sh -c "grep -q poll /proc/$bg/wchan"
kill -HUP "$bg"
status=0
wait "$bg" || status=$?
[ "$status" = 129 ] || fail "status $status"
expect_output 4 ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
