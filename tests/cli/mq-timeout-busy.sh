#!/bin/sh
# --timeout ends recv, listen and send also where they never have to wait, with status 124; what is 0 takes what is there.
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
background mq-flood /q m 100000000
expect_status 124 ipctl mq listen -w 0.3 /q
expect_status 124 ipctl mq recv -c 100000000 -w 0.3 /q
kill "$bg"
wait "$bg" || :
mq-recv -n /q 99 >rest || :
ipctl mq send /q one two three
expect_status 124 ipctl mq listen -w 0.2 /q -- sleep 0.3
expect_output 'two
three' ipctl mq recv -a /q
ipctl mq send -w 0 /q one two three
expect_status 124 ipctl mq recv -w 0 -c 4 /q
[ "$(grep -c . "$out")" = 3 ] || fail "$(cat "$out")"
background mq-drain /q 100000000
expect_status 124 sh -c 'yes | ipctl mq send -w 0.3 -l /q'
kill "$bg"
wait "$bg" || :
ipctl mq rm /q
