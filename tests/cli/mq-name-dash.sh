#!/bin/sh
# A mq name that begins with '-' stands after '--' or has its slash; without, it is taken for an option.
. "$(dirname "$0")/lib.sh"

expect_status 2 ipctl mq create -dash
expect_error "unknown option"
expect_status 0 ipctl mq create -- -dash
[ -e /dev/mqueue/-dash ] || fail "/-dash is not there"
expect_status 0 ipctl mq send -p 3 -- -dash -message --
expect_output '3 8 -message' mq-recv -n /-dash
expect_output '3 2 --' mq-recv -n /-dash
expect_status 0 ipctl mq send /-dash text
expect_output text ipctl mq recv -- -dash
expect_status 0 ipctl mq send /-dash text
expect_output "$(printf 'got\n%s' text)" ipctl mq listen -c 1 /-dash -- sh -c 'echo got; cat'
expect_status 0 ipctl mq rm -- -dash
