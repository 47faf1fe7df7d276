#!/bin/sh
# mq create --if-missing: a queue that exists is accepted with the same attributes, else those that differ are named.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl mq create --if-missing --max-messages 4 --message-size 100 -m 0640 /here
[ "$(stat -c %a /dev/mqueue/here)" = 640 ] || fail "was not created"
mq-send /here 1 kept
expect_output '' ipctl mq create --if-missing --max-messages 4 --message-size 100 -m 0640 /here
expect_output '' ipctl mq create --if-missing /here
expect_output '' ipctl mq create --if-missing --owner "$(id -u):$(id -g)" /here

differs() {
    expect_status 5 ipctl mq create --if-missing /here "$@"
    expect_error '/here: exists with other attributes'
}
differs --max-messages 5 --message-size 100
expect_error '--max-messages is 4, not 5'
! grep -q message-size "$err" || fail "names an attribute that is the same"
differs --message-size 1K
expect_error '--message-size is 100, not 1024'
differs --mode 0600 --max-messages 6
expect_error '--max-messages is 4, not 6'
expect_error '--mode is 0640, not 0600'
differs --owner 4321:1234
expect_error 'owner is'
expect_error 'group is'
expect_output '1 4 kept' mq-recv -n /here
rm /dev/mqueue/here
