#!/bin/sh
# a long message that times out in the middle: an error tells how much of it is in the FIFO
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
expect_status 124 ipctl fifo send -w 300ms --lock fifo "$(printf '%0100000d' 0)"
expect_error 'fifo: timed out in the middle of a message: 65536 of its 100001 bytes are written'
[ "$(head -c 65536 <&3 | wc -c)" = 65536 ]
