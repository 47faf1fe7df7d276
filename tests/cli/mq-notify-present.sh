#!/bin/sh
# mq listen --notify of a queue that is not empty reports it once at the start; several queues at once, -c and -w.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
ipctl mq create --message-size 1K /r
mq-send /q 0 there too
expect_output '/q 2 -' ipctl mq listen --notify -c 1 /q /r
expect_status 124 ipctl mq listen --notify -w 200ms /q /r
[ "$(cat "$out")" = '/q 2 -' ] || fail "reports $(cat "$out")"
expect_status 3 ipctl mq listen --notify -n /r
[ ! -s "$out" ] || fail "reports $(cat "$out")"
mkfifo ready
background sh -c 'exec ipctl mq listen --notify -c 3 --ready-fd 5 -F "%n" /q /r 5>ready >got'
read -r _ <ready
mq-send /r 0 x
wait_until grep -q /r got
mq-recv /r >/dev/null
mq-send /r 0 x
wait "$bg" || fail "status $?"
expect_output '/q
/r
/r' cat got
expect_output '0 5 there
0 3 too' mq-recv -n /q 2
ipctl mq rm /q /r
