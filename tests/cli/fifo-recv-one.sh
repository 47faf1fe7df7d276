#!/bin/sh
# recv takes one message and no byte more: the next reader, whoever it is, finds the rest
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'one\n\ntwo\nthree\nrest' >&3
expect_output one ipctl fifo recv fifo
expect_output '' ipctl fifo recv fifo
read -r line <&3
[ "$line" = two ]
expect_output three ipctl fifo recv -n fifo
expect_status 3 ipctl fifo recv -n fifo
expect_error 'the end of a message has not come yet'
[ "$(dd bs=100 count=1 2>/dev/null <&3)" = rest ]
