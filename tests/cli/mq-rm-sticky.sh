#!/bin/sh
# mq rm of another user's queue: status 1, and the reason is the owner's right, whatever the queue's mode; others are removed.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
mq-make /theirs 1 10 0666
expect_status 0 as_nobody ipctl mq create /mine
expect_status 1 as_nobody ipctl mq rm /theirs /mine
expect_error '/theirs: permission denied'
expect_error owner
expect_output theirs ls /dev/mqueue
expect_status 1 as_nobody ipctl mq rm --force /theirs
expect_status 1 as_nobody ipctl mq rm /none /theirs
expect_output '' ipctl mq rm /theirs
