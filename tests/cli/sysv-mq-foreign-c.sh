#!/bin/sh
# sysv-mq and C programs: what one makes, sends, changes or removes is there for the other, type and bytes.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 640 1000)
expect_output '' ipctl sysv-mq send 0x2a -t 7 one 'two words' ''
expect_output '' ipctl sysv-mq send "$id" -t 2147483648 big
expect_output '7 one
7 two words
7 
2147483648 big' sysv-mq-recv "$id" 0 4
sysv-mq-send "$id" 5 five
sysv-mq-send "$id" 9223372036854775807 most ''
expect_output '5 five
9223372036854775807 most
9223372036854775807 ' ipctl sysv-mq recv -a -F '%p %s' "$id"
expect_status 3 sysv-mq-recv "$id" 0 nowait

# A receiver that waits gets it at once, in both directions.
background sh -c "exec sysv-mq-recv $id 3 >got"
background ipctl sysv-mq send -t 3 "$id" woken
wait_until grep -qx '3 woken' got
background sh -c "exec ipctl sysv-mq recv -t 4 $id >got"
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q 'msgrcv: type 4'"
sysv-mq-send "$id" 3 other
sysv-mq-send "$id" 4 mine
wait_until grep -qx mine got
expect_output other ipctl sysv-mq recv "$id"
expect_output '' ipctl sysv-mq set --bytes 500 "$id"
expect_output "0 0 500" sh -c "sysv-mq-stat $id | cut -d' ' -f1-3"
expect_output '' ipctl sysv-mq rm 0x2a
expect_status 1 sysv-exists msg "$id"
id=$(ipctl sysv-mq create 0x2a)
sysv-rm msg "$id"
expect_status 4 ipctl sysv-mq stat 0x2a
