#!/bin/sh
# sysv-mq recv --peek -a: all that wait, or all of some types in the order in which they would be received; they stay, and nobody is counted as receiver.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
for pair in 4:a 3:b 1:c 3:d 2:e; do sysv-mq-send "$id" ${pair%:*} ${pair#*:}; done
sysv-mq-send "$id" 9 ''
head -c 8192 /dev/zero | sysv-mq-send "$id" 10
expect_output '4a 3b 1c 3d 2e 9 10' sh -c "ipctl sysv-mq recv --peek -a -F '%p%s' $id | tr -d '\\0' | xargs"
expect_output '3b 3d' sh -c "ipctl sysv-mq recv --peek -a -t 3 -F '%p%s' $id | xargs"
expect_output '1c 2e 3b 3d' sh -c "ipctl sysv-mq recv --peek -a -t -3 -F '%p%s' $id | xargs"
expect_output '3b 1c 3d' sh -c "ipctl sysv-mq recv --peek -c 3 -t 4 --except -F '%p%s' $id | xargs"
expect_output '3b 3d' sh -c "ipctl sysv-mq recv --peek=2 -c 2 -t -3 -F '%p%s' $id | xargs"
expect_output 8192 ipctl sysv-mq recv --peek -t 10 -F %l "$id"
expect_output "7 8197 16384 $(awk 'NR == 2 { print $6 }' /proc/sysvipc/msg) 0" sysv-mq-stat "$id"
# A listener's output that nobody reads loses nothing either.
expect_status 1 sh -c "exec ipctl sysv-mq recv --peek -a $id >/dev/full"
expect_output "7 8197" sh -c "sysv-mq-stat $id | cut -d' ' -f1,2"
expect_output '4 a' sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id"
