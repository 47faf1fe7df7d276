#!/bin/sh
# mq recv -n: an empty queue is status 3 at once and prints nothing on standard output.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
expect_status 3 ipctl mq recv -n /q
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 3 ipctl mq recv --nonblock -J /q
[ ! -s "$out" ] || fail "-J prints $(cat "$out")"
mq-send /q 0 there
expect_output there ipctl mq recv -n /q
mq-send /q 0 one
expect_status 3 ipctl mq listen -n /q
[ "$(cat "$out")" = one ] || fail "took '$(cat "$out")'"
expect_status 2 ipctl mq recv -n -w 1 /q
expect_error 'exclude each other'
ipctl mq rm /q
