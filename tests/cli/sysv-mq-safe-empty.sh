#!/bin/sh
# sysv-mq recv and listen --safe: empty messages, there already or yet to come, are delivered once and taken; one that fails is not lost.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
sysv-mq-send "$id" 3 '' x ''
expect_output '3:0
3:1
3:0' ipctl sysv-mq recv --safe -a -F '%p:%l' "$id"
expect_status 3 sysv-mq-recv "$id" 0 nowait
for command in 'recv --safe -c 3' 'listen --safe -c 3'; do
    background sh -c "exec ipctl sysv-mq $command -F '%p:%l' $id >got"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
    sysv-mq-send "$id" 4 ''
    wait_until grep -qx 4:0 got
    sysv-mq-send "$id" 5 '' full
    wait "$bg" || fail "$command: status $?"
    expect_output '4:0
5:0
5:4' cat got
    expect_status 3 sysv-mq-recv "$id" 0 nowait
done
# One that came while ipctl waited goes back when it fails.
background sh -c "exec ipctl sysv-mq listen --safe $id -- false"
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
sysv-mq-send "$id" 6 ''
status=0
wait "$bg" || status=$?
[ $status = 123 ] || fail "status $status"
expect_output '6 ' sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id"
