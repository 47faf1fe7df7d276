#!/bin/sh
# mq names have up to 255 bytes after the slash; one more is refused with both numbers.
. "$(dirname "$0")/lib.sh"

longest=$(printf '%0255d' 0)
expect_status 0 ipctl mq create "$longest"
expect_status 0 ipctl mq send "/$longest" text
expect_output '0 4 text' mq-recv -n "/$longest"
expect_output "/$longest" ipctl mq ls -o name --noheadings
for verb in create send recv listen stat rm; do
    expect_status 2 ipctl mq $verb "/${longest}1"
    expect_error 256
    expect_error 255
done
expect_status 0 ipctl mq rm "/$longest"
