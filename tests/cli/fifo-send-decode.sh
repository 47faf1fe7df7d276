#!/bin/sh
# send --decode: messages are given encoded; one that then holds a newline is refused
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-read fifo >got
ipctl fifo send --decode hex fifo 00ff 41
wait "$bg"
printf '\000\377\nA\n' | cmp - got
background fifo-read fifo >got
printf 'aGVs\nbG8=\n' | ipctl fifo send --decode base64 fifo
wait "$bg"
printf 'hel\nlo\n' | cmp - got
expect_status 1 ipctl fifo send --decode hex fifo 0a
expect_error 'the message holds a newline, which ends a message'
expect_status 1 ipctl fifo send -n --decode hex fifo 0
