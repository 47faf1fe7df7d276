#!/bin/sh
# sysv-mq send waits for room in a full queue and goes on when there is some, messages in order; --bytes raised is room too.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make private 600 4)
sysv-mq-send "$id" 9 full
background ipctl sysv-mq send -t 2 "$id" a b c
sender=$bg
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q 'msgsnd: room for 1 bytes'"
expect_output '9 full' sysv-mq-recv "$id" 0
wait "$sender" || fail "status $?"
expect_output '2 a
2 b
2 c' sysv-mq-recv "$id" 0 3
sysv-mq-send "$id" 9 full
background ipctl sysv-mq send "$id" more
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q 'msgsnd: room for 4 bytes'"
ipctl sysv-mq set --bytes 8 "$id"
wait "$bg" || fail "status $?"
expect_output '9 full
1 more' sysv-mq-recv "$id" 0 2
# Set lower than what is in it: nothing is lost, nothing more goes in.
sysv-mq-send "$id" 1 abcd efgh
ipctl sysv-mq set --bytes 5 "$id"
expect_status 3 ipctl sysv-mq send -n "$id" x
expect_output '1 abcd' sysv-mq-recv "$id" 0
expect_status 0 ipctl sysv-mq send -n "$id" x
expect_status 3 ipctl sysv-mq send -n "$id" y
ipctl sysv-mq rm "$id"
