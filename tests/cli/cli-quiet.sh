#!/bin/sh
# -q leaves notes out and keeps errors, output and status
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
ipctl mq send /q one
expect_status 123 ipctl mq listen -c 1 --on-failure drop /q -- false
expect_error 'dropped'
ipctl mq send /q one
expect_status 123 ipctl mq listen -q -c 1 --on-failure drop /q -- false
[ ! -s "$err" ] || fail_command "says something"
expect_status 4 ipctl mq recv --quiet /none
expect_error 'ipctl: mq recv: /none: '
ipctl mq send /q two
expect_output two ipctl mq recv -q /q
ipctl mq rm -q /q
