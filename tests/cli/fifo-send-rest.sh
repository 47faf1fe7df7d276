#!/bin/sh
# what was read and not sent goes back to a file, and of a pipe into a file that is named
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-hold fifo rw 4096 >held
wait_until test -s held
for i in 1 2 3; do printf '%02000d\n' "$i"; done >in
exec 3<in
expect_status 3 ipctl fifo send -n fifo <&3
expect_error 'is full; 2 messages sent'
[ "$(cat <&3)" = "$(sed -n 3p in)" ] || fail 'the rest did not go back'
ipctl fifo recv -a fifo >got
# shellcheck disable=SC2002  # a pipe is meant
status=0
cat in | ipctl fifo send -n fifo 2>errors || status=$?
[ "$status" = 3 ] || fail "status $status: $(cat errors)"
file=$(sed -n 's/.* of input were read and not sent; they are in //p' errors)
[ "$(cat "$file")" = "$(sed -n 3p in)" ] || fail "$(cat errors)"
case $file in */fifo-fifo-unsent-*) ;; *) fail "$file" ;; esac
