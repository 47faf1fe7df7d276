#!/bin/sh
# mq create --if-missing compares also with a queue that the caller may only write to, or not use at all.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
mq-make /write-only 4 100 0622
mq-make /closed 4 100 0600
expect_status 0 as_nobody ipctl mq create --if-missing --max-messages 4 /write-only
expect_status 5 as_nobody ipctl mq create --if-missing --max-messages 5 /write-only
expect_error '--max-messages is 4, not 5'
expect_status 1 as_nobody ipctl mq create --if-missing --max-messages 4 /closed
expect_error '/closed: '
expect_error permission
rm /dev/mqueue/write-only /dev/mqueue/closed
