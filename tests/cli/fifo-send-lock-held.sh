#!/bin/sh
# who holds the lock keeps ipctl out: -n is status 3, -w 124; it gets in when the holder has gone
. "$(dirname "$0")/lib.sh"

mkfifo fifo
if ! command -v flock >/dev/null; then skip "flock is not installed"; fi
exec 3<>fifo
flock 3
expect_status 3 ipctl fifo send -n fifo x
expect_status 124 ipctl fifo send -w 200ms fifo x
expect_status 124 ipctl fifo send -w 200ms --lock fifo "$(printf '%05000d' 0)"
background ipctl fifo send fifo late
sender=$bg
expect_status 3 ipctl fifo recv -n fifo
flock -u 3
wait "$sender"
expect_output late ipctl fifo recv fifo
