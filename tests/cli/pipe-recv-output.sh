#!/bin/sh
# where standard output cannot be written to, the message that was taken is saved, the error names the file, and no more are taken
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
saved() {
    file=$(find .home/state/ipctl -type f)
    expect_error "could not go back and is in $tmp/$file"
    expect_output "$1" cat "$file"
    rm "$file"
}
ipctl pipe send "$pipe" one two three four five six
expect_status 1 sh -c "ipctl pipe recv $pipe >/dev/full"
expect_error 'standard output: No space left on device; the message'
saved one
expect_status 1 sh -c "ipctl pipe recv $pipe >&-"
saved two
expect_status 1 sh -c "ipctl pipe listen $pipe >/dev/full"
saved three
expect_status 1 sh -c "printf '%s\n' a b | { ipctl pipe recv -J fd:0 >/dev/full || :; cat; exit 1; }"
expect_printed b
rm -r .home/state
# Closed standard input is no matter, nor is closed standard error.
expect_output four sh -c "ipctl pipe recv $pipe <&- 2>&-"
# A reader that has left: nothing is taken.
mkfifo out
background sh -c "exec ipctl pipe listen $pipe >out"
exec 5<out
wait_until sh -c "[ \$(ipctl pipe stat -q -b -o bytes --noheadings $pipe) = 0 ]"
exec 5<&-
status=0
wait "$bg" || status=$?
[ "$status" = 141 ] || fail "status $status"
ipctl pipe send "$pipe" later
expect_output later ipctl pipe recv -n "$pipe"
