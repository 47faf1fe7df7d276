#!/bin/sh
# send waits for room, and goes on when a reader makes some
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-hold fifo rw 4096 >held
wait_until test -s held
line=$(printf '%03000d' 0)
ipctl fifo send fifo "$line"
background ipctl fifo send fifo "$line" "$line" end
sender=$bg
expect_output "$line" ipctl fifo recv fifo
expect_output "$line" ipctl fifo recv fifo
expect_output "$line" ipctl fifo recv fifo
wait "$sender"
expect_output end ipctl fifo recv fifo
