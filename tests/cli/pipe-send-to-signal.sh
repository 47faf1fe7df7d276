#!/bin/sh
# a signal to ipctl while it sends to, receives from or waits for a command reaches the command; none is left behind
. "$(dirname "$0")/lib.sh"

asks='trap "echo TERM >asked; kill \$!; exit 0" TERM; sleep 1000 <&- >&- & echo >there'
stopped() {
    wait_until test -e there
    kill -TERM "$bg"
    status=0
    wait "$bg" || status=$?
    [ "$status" = "$1" ] || fail "status $status, not $1"
    wait_until grep -qs TERM asked
    rm there asked
}
mkfifo input
exec 5<>input
# Input that does not come.
background sh -c "exec ipctl pipe send --to '$asks; wait' <input"
stopped 143
# Room that does not come.
background sh -c "seq 100000 >in; exec ipctl pipe send --to '$asks; wait' <in"
stopped 143
# Messages that do not come.
background ipctl pipe recv --from "$asks; wait"
stopped 143
background ipctl pipe listen --from "$asks; wait"
stopped 143
# Only the command's end does not come: it decides.
background ipctl pipe send --to "$asks; wait" x
stopped 0
background ipctl pipe recv --from "$asks; echo x; wait"
stopped 0
