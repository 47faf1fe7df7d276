#!/bin/sh
# Each exit status in the table of the manual, once: 0 1 2 3 4 5 123 124 126 127 128+N (125: mq-listen-not-started.sh).
. "$(dirname "$0")/lib.sh"

expect_status 0 ipctl mq create /q --message-size 10
expect_status 1 ipctl mq send /q 12345678901
expect_status 2 ipctl mq send
expect_status 3 ipctl mq recv -n /q
expect_status 4 ipctl mq recv /none
expect_status 5 ipctl mq create /q
mq-send /q 0 x
expect_status 123 ipctl mq listen /q -- false
expect_status 126 ipctl mq listen /q -- "$tmp"
expect_status 127 ipctl mq listen /q -- ./none
expect_output '0 1 x' mq-recv -n /q
expect_status 124 ipctl mq recv -w 1ms /q
background ipctl mq recv /q
wait_until grep -qx ipctl "/proc/$bg/comm"
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "128+15 is 143, not $status"
for status in 0 1 2 3 4 5 123 124 125 126 127; do
    ipctl help exit-status | grep -qE "^ *$status " || fail "help exit-status does not tell of $status"
done
ipctl mq rm /q
