#!/bin/sh
# mq listen takes messages as they come until it is stopped, and prints each at once, to a file too.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 0 before
background sh -c 'exec ipctl mq listen /q >got'
for message in one two three; do
    mq-send /q 0 "$message"
    wait_until grep -q "$message" got
done
mq-flood /q m 500
wait_until grep -qx m-500 got
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "status $status"
{ printf 'before\none\ntwo\nthree\n'; seq -f 'm-%g' 500; } | cmp - got
expect_status 3 mq-recv -n /q

mq-send /q 0 1 2 3
expect_output '1
2' ipctl mq listen -c 2 /q
expect_output '0 1 3' mq-recv -n /q
expect_status 2 ipctl mq listen
expect_error NAME
expect_status 2 ipctl mq listen -a /q
ipctl mq rm /q
