#!/bin/sh
# sysv-mq listen --safe where kernel.msgmax is raised while it waits: the longer message is delivered, or told of in the user's terms; never lost.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
echo 100 2>/dev/null >/proc/sys/kernel/msgmax || { ipctl sysv-mq rm "$id"; skip "kernel.msgmax cannot be changed here"; }
head -c 5000 /dev/urandom >data
for command in 'recv --safe' 'listen --safe -c 1' recv 'listen -c 1' 'recv --journal j'; do
    echo 100 >/proc/sys/kernel/msgmax
    background sh -c "exec ipctl sysv-mq $command -N 0x2a >got 2>errors"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
    echo 8192 >/proc/sys/kernel/msgmax
    sysv-mq-send "$id" 3 <data
    status=0
    wait "$bg" || status=$?
    if [ $status = 0 ]; then
        cmp data got
    else
        [ $status = 1 ] || fail "$command: status $status"
        [ ! -s got ] || fail "$command: prints a part"
        grep -q 'bytes' errors || fail "$command: $(cat errors)"
        ! grep -qi 'argument list' errors || fail "$command: errno that misleads: $(cat errors)"
        sysv-mq-recv "$id" 0 raw nowait | cmp - data
    fi
done
ipctl sysv-mq rm "$id"
