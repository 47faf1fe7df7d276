#!/bin/sh
# -n --lock begins a long message only where all of it fits
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
ipctl fifo send -n --lock fifo "$(printf '%060000d' 0)"
expect_status 3 ipctl fifo send -n --lock fifo "$(printf '%05000d' 0)"
expect_error 'is full'
expect_output 60000 ipctl fifo recv -n -F %l fifo
expect_status 1 ipctl fifo send -n --lock fifo "$(printf '%070000d' 0)"
expect_error 'message is 70001 bytes with what ends it, and 65536 fit at once: --nonblock cannot send it'
expect_status 3 ipctl fifo recv -n fifo
