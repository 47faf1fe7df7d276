#!/bin/sh
# What fails beside the queue is status 1, whatever its errno: 3 and 4 are about the queue alone.
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
expect_status 1 ipctl mq send -f missing /q
expect_error missing
expect_status 1 ipctl mq recv -n --journal /proc/none/j /q
: >file
expect_status 1 ipctl mq recv -n --journal file/j /q
if ! grep -q __ubsan_handle "$ipctl"; then  # it opens pipes to look at memory, and reports what it cannot look at
    expect_status 1 sh -c 'ulimit -n 4; exec ipctl mq ls'
    expect_error 'open'
fi
# With --json the first failure is told, and not that nobody could be told.
expect_status 1 sh -c 'exec ipctl mq send -J /q "$(printf %09000d 0)" >/dev/full'
expect_error 'message is 9000 bytes'
expect_status 2 ipctl mq listen --notify --journal j /missing
expect_status 2 ipctl mq listen -j 2 /q
expect_status 2 ipctl mq listen --on-failure drop /q
ipctl mq rm /q
