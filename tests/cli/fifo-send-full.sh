#!/bin/sh
# send to a full FIFO: -n is status 3, -w 124; what was sent is told, and no message is sent in part
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-hold fifo rw 4096 >held
wait_until grep -qx 'open 4096' held
line=$(printf '%03000d' 0)
expect_status 3 ipctl fifo send -n fifo "$line" "$line"
expect_error 'fifo: is full; 1 message sent'
expect_status 124 ipctl fifo send -w 200ms fifo "$line"
expect_error 'fifo: timed out; 0 messages sent'
expect_output "$line" ipctl fifo recv fifo
expect_status 3 ipctl fifo recv -n fifo
expect_error 'nothing is in it'
