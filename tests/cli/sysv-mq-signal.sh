#!/bin/sh
# sysv-mq recv, listen and send die of the signal that stops them while they wait: 128+N; nothing is taken, and what send read is saved.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
for command in recv listen 'recv -w 60' 'recv --safe' 'recv --journal journal' 'listen -j 3' 'recv -t 3 -c 2'; do
    after=
    case $command in *'-j 3'*) after='-- cat' ;; esac
    for signal in INT:130 TERM:143 HUP:129; do
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl sysv-mq $command $id $after >got 2>errors"
        wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
        kill "-${signal%:*}" "$bg"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "$command, SIG${signal%:*}: status $status"
        [ ! -s got ] && [ ! -s errors ] || fail "$command: $(cat got errors)"
        sysv-mq-send "$id" 3 kept
        expect_output '3 kept' sysv-mq-recv "$id" 0 nowait
    done
done
full=$(sysv-mq-make private 600 1)
for signal in INT:130 TERM:143 HUP:129; do
    printf '1\n2\n3\n' >input
    background env --default-signal sh -c "exec ipctl sysv-mq send -t 4 -l $full <input 2>errors"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $full | grep -q msgsnd"
    kill "-${signal%:*}" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "send, SIG${signal%:*}: status $status"
    expect_output '4 1' sysv-mq-recv "$full" 0 nowait
    expect_status 3 sysv-mq-recv "$full" 0 nowait
done
ipctl sysv-mq rm "$id" "$full"
