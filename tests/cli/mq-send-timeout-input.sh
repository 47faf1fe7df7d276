#!/bin/sh
# mq send -w counts the wait for input too: what came in time is sent, then it is status 124.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo input
exec 9<>input
echo early >&9
expect_status 124 ipctl mq send -l -w 300ms /q <input
expect_error 'timed out'
expect_output '0 5 early' mq-recv -n /q
# What came of an unfinished line is saved, not lost.
printf 'two\npart' >&9
expect_status 124 ipctl mq send -l -w 300ms /q <input
expect_error '4 bytes of input were read and not sent'
saved=$(grep -o "$XDG_STATE_HOME/[^ ]*" "$err")
[ "$(cat "$saved")" = part ] || fail "saved: $(cat "$saved")"
expect_output '0 3 two' mq-recv -n /q
# --nonblock is about the queue: it waits for input.
background sh -c 'exec ipctl mq send -n -l /q <input'
echo later >&9
expect_output '0 5 later' mq-recv /q
kill "$bg"
ipctl mq rm /q
