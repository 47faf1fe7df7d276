#!/bin/sh
# mq send -n: a full queue is status 3, with how many were sent; a queue with room takes them.
. "$(dirname "$0")/lib.sh"

mq-make /q 2 10
expect_output '' ipctl mq send -n /q a
expect_status 3 ipctl mq send -n /q b c d
expect_error '/q: is full'
expect_error '1 message sent'
expect_status 3 ipctl mq send --nonblock /q e
expect_error '0 messages sent'
expect_status 3 ipctl mq send -n -q /q e
[ ! -s "$err" ] || fail "-q prints $(cat "$err")"
expect_status 3 ipctl mq send -n -J /q e
[ "$(cat "$out")" = '{"mechanism":"mq","name":"/q","sent":0}' ] || fail "JSON: $(cat "$out")"
expect_output '0 1 a
0 1 b' mq-recv -n /q 2
expect_output '{"mechanism":"mq","name":"/q","sent":2}' ipctl mq send -n -J /q f g
expect_status 2 ipctl mq send -n -w 1 /q x
expect_error 'exclude each other'
ipctl mq rm /q
