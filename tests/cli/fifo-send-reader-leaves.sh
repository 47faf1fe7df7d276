#!/bin/sh
# the reader leaves while send waits for room: an error that tells how many messages were sent
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-hold fifo rw 4096 >held
holder=$bg
line=$(printf '%03000d' 0)
wait_until test -s held
background ipctl fifo send fifo "$line" "$line" 2>errors
sender=$bg
wait_until sh -c "ipctl fifo stat -q --raw --noheadings -b -o bytes fifo | grep -qx 3001"
kill -KILL "$holder"
wait "$holder" || :
status=0
wait "$sender" || status=$?
[ "$status" = 1 ] || fail "status $status"
grep -q 'fifo: no reader has it open any more: the message was not sent; 1 message sent before it' errors || fail "$(cat errors)"
