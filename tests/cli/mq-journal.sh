#!/bin/sh
# --journal DIR: delivered messages leave nothing there to replay; one at a time uses it; what is no journal is refused.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 3 a '' b
expect_output 'a

b' ipctl mq recv -a --journal journal /q
[ "$(stat -c %a journal)" = 700 ] || fail "mode $(stat -c %a journal)"
expect_status 3 ipctl mq recv -n --journal journal /q
expect_status 3 ipctl mq recv -n --journal journal --replay /q
[ ! -s "$out" ] || fail "replays $(cat "$out")"

mkfifo ready
background sh -c 'exec ipctl mq listen --journal journal --ready-fd 5 /q 5>ready >got'
read -r _ <ready
mq-send /q 0 first
wait_until grep -q first got
mq-send /q 0 second
wait_until grep -q second got
expect_status 1 ipctl mq recv -n --journal journal /q
expect_error journal
expect_error 'another process'
kill "$bg"
wait "$bg" || :

mkdir other
echo text >other/slot-0
expect_status 1 ipctl mq recv -n --journal other /q
expect_error 'other/slot-0'
expect_output text cat other/slot-0
touch file
expect_status 1 ipctl mq recv -n --journal file /q
expect_status 2 ipctl mq recv -n --replay /q
expect_error --journal
ipctl mq create --message-size 1K /r
expect_status 2 ipctl mq listen -n --journal journal /q /r
expect_error 'one queue'
ipctl mq rm /q /r
