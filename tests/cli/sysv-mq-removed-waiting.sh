#!/bin/sh
# sysv-mq: a queue that is removed while ipctl waits in it (EIDRM): status 4 and its own message, for recv, listen and send, --safe and -w.
. "$(dirname "$0")/lib.sh"

for command in recv 'recv -t 3' 'recv -w 60' 'recv --safe' 'recv --journal j' listen 'listen --safe' send 'send -w 60'; do
    id=$(sysv-mq-make 0x2a 600 4)
    case $command in send*) sysv-mq-send "$id" 1 full ;; esac
    case $command in send*) message=x ;; *) message= ;; esac
    background sh -c "exec ipctl sysv-mq $command 0x2a $message 2>errors >got"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q 'msg[rs][cn][vd]:'"
    sysv-rm msg "$id"
    status=0
    wait "$bg" || status=$?
    [ $status = 4 ] || fail "$command: status $status: $(cat errors)"
    grep -q '0x2a: the queue was removed while ipctl waited' errors || fail "$command: $(cat errors)"
    [ "$(wc -l <errors)" = 1 ] || fail "$command: not one line: $(cat errors)"
    [ ! -s got ] || fail "$command prints $(cat got)"
done
# With a command in hand, the message that came before is done first.
id=$(sysv-mq-make 0x2a 600)
sysv-mq-send "$id" 1 one
status=0
ipctl sysv-mq listen 0x2a -- sh -c "cat; ipctl sysv-mq rm $id" >got 2>errors || status=$?
[ $status = 4 ] || fail "status $status: $(cat errors)"
grep -q 'no such queue' errors || fail "$(cat errors)"
expect_output one cat got
