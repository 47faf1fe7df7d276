#!/bin/sh
# mq create of a queue that exists is status 5, with -x and without, and changes nothing about it.
. "$(dirname "$0")/lib.sh"

mq-make /here 4 100 0640
mq-send /here 3 kept
expect_status 5 ipctl mq create /here
expect_error '/here: the queue exists'
expect_status 5 ipctl mq create -x -m 0600 --max-messages 9 /here
expect_error '/here: the queue exists'
expect_error --if-missing
expect_status 5 ipctl mq create --exclusive here
expect_status 2 ipctl mq create -x --if-missing /here
expect_error exclusive
[ "$(stat -c %a /dev/mqueue/here)" = 640 ] || fail "its mode became $(stat -c %a /dev/mqueue/here)"
expect_output '3 4 kept' mq-recv -n /here
rm /dev/mqueue/here
