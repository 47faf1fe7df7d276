#!/bin/sh
# ipctl stopped by a signal while its output takes nothing: it ends, and what was not written in full is back in the queue.
. "$(dirname "$0")/lib.sh"

mq-make /q 10 8192
mkfifo pipe
head -c 8000 /dev/urandom >data
for command in 'recv -c 10' 'listen' 'recv -a --journal journal'; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do mq-send /q 7 <data; done
    background sh -c 'exec sleep 1000 <pipe'
    reader=$bg
    background sh -c "exec ipctl mq $command /q >pipe 2>errors"
    # 65536 bytes of pipe take eight messages and a part of the ninth.
    wait_until grep -q '^QSIZE:8000 ' /dev/mqueue/q
    kill "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = 143 ] || fail "$command: status $status: $(cat errors)"
    expect_output 2 ipctl mq stat --noheadings -o messages /q
    mq-recv -r -n /q | cmp - data || fail "$command: what went back is not what came"
    mq-recv -r -n /q | cmp - data
    kill "$reader"
    wait "$reader" || :
done
ipctl mq rm /q
