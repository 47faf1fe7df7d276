#!/bin/sh
# signal listen: what becomes of a signal whose CMD failed: a file that is named, or nothing; its own status is 123
. "$(dirname "$0")/lib.sh"

listens() {
    rm -f ready
    mkfifo ready
    background sh -c 'exec ipctl signal listen --ready-fd 3 "$@" 2> error' sh "$@" 3<> ready
    read -r _ < ready
}
ends_with() {
    status=0
    wait "$bg" || status=$?
    [ "$status" = "$1" ] || fail "status $status: $(cat error)"
}
listens USR1 USR2 -- sh -c 'exit 3'
kill -USR1 "$bg"
ends_with 123
file=$(sed -n 's/.*USR1: message 1: sh failed with status 3; the message could not go back and is in //p' error)
[ "$(cat "$file")" = USR1 ] || fail "$(cat error)"
listens USR1 -c 2 --on-failure save:kept -- false
kill -USR1 "$bg"
wait_until test -d kept
kill -USR1 "$bg"
ends_with 123
[ "$(cat kept/signal-USR1-*)" = USR1USR1 ] || fail "kept: $(ls kept)"
listens RTMIN -c 3 --on-failure drop -- false
signal-send queue "$bg" 34 1 2 3 > /dev/null
ends_with 123
expect_status 127 ipctl signal listen USR1 -- no-such-command
# A full device: nothing is taken for nothing.
rm ready
mkfifo ready
background sh -c 'exec ipctl signal listen --ready-fd 3 USR1 > /dev/full 2> error' 3<> ready
read -r _ < ready
kill -USR1 "$bg"
ends_with 1
file=$(sed -n 's/.*No space left on device; the message could not go back and is in //p' error)
[ "$(cat "$file")" = USR1 ] || fail "$(cat error)"
