#!/bin/sh
# mq recv takes one message, and writes it with a newline; it waits for one when there is none.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 0 one two
expect_output one ipctl mq recv /q
expect_output two ipctl mq recv /q
expect_status 3 mq-recv -n /q
mq-send /q 0 ''
ipctl mq recv /q >got
printf '\n' | cmp - got || fail "an empty message: $(od -c got)"

mkfifo ready
background sh -c 'exec ipctl mq recv --ready-fd 3 /q 3>ready >got'
read -r _ <ready
[ ! -s got ] || fail "took something from an empty queue: $(cat got)"
mq-send /q 0 late
wait "$bg" || fail "status $?"
expect_output late cat got

expect_status 4 ipctl mq recv /none
expect_error '/none: no such queue'
expect_error 'ipctl mq ls'
expect_status 2 ipctl mq recv
expect_error NAME
expect_status 2 ipctl mq recv /q /r
expect_error /r
ipctl mq rm /q
