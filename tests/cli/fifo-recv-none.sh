#!/bin/sh
# recv without a message is status 3 or 124, and a note tells why
. "$(dirname "$0")/lib.sh"

mkfifo fifo
none() {
    expect_status "$status" ipctl fifo recv "$@" fifo
    expect_error "fifo: $text"
    [ ! -s "$out" ] && [ "$(wc -l <"$err")" = 1 ] || fail_command "more than a note"
}
status=3 text='no writer has opened it yet'
none -n
none -a
none -n --packet
none -n --length-prefix
status=124
none -w 100ms
none -w 0
exec 3<>fifo
status=3 text='nothing is in it'
none -n
none -a
none -n --packet
printf 'unfinished' >&3
text='the end of a message has not come yet'
none -n
none -a
status=124
none -w 100ms
exec 3>&-
# A writer that comes and goes without a message.
background ipctl fifo recv fifo 2>errors
reader=$bg
exec 3>fifo
exec 3>&-
status=0
wait "$reader" || status=$?
[ "$status" = 3 ] || fail "status $status"
grep -qx 'ipctl: fifo recv: fifo: the writers have gone' errors || fail "$(cat errors)"
expect_status 3 ipctl fifo recv -q -n fifo
[ ! -s "$err" ]
