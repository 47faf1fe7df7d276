#!/bin/sh
# mq create beyond RLIMIT_MSGQUEUE (EMFILE): the error names that limit, what the queue counts, and what to do; not "open files".
. "$(dirname "$0")/lib.sh"

# 3 messages of 100 bytes count 3 * (100 + 48 + 48) = 588 bytes on a 64-bit machine.
limited() { prlimit --msgqueue=588 setpriv --bounding-set -sys_resource "$@"; }
[ "$(getconf LONG_BIT)" = 64 ] || skip "the numbers are those of 64-bit machines"
# The account is the user's, so it needs a user without queues elsewhere: a number that nobody has.
[ "$root" = yes ] || skip "needs a user without queues"
user() { limited setpriv --reuid 54321 --regid 54321 --clear-groups "$@"; }
install -m 755 "$(command -v ipctl)" "$tmp/.bin/"
expect_output '' user "$tmp/.bin/ipctl" mq create /fits --max-messages 3 --message-size 100
expect_status 1 user "$tmp/.bin/ipctl" mq create /more --max-messages 1 --message-size 1
expect_error 97
expect_error 'RLIMIT_MSGQUEUE = 588'
expect_error 'ulimit -q'
expect_error 'ipctl mq ls'
expect_output '' ipctl mq rm /fits
expect_status 1 user "$tmp/.bin/ipctl" mq create /more --max-messages 3 --message-size 101
expect_error 591
expect_error 'RLIMIT_MSGQUEUE'
expect_output '' ls /dev/mqueue
