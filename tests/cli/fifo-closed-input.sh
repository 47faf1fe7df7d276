#!/bin/sh
# with standard input closed, send says so and sends nothing
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
expect_status 1 sh -c 'exec ipctl fifo send fifo <&-'
expect_status 0 sh -c 'exec ipctl fifo send fifo hello <&-'
expect_output hello ipctl fifo recv -n fifo
