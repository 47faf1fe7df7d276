#!/bin/sh
# mq listen | head -1 ends when head does, even while it waits, and the messages that nobody read are in the queue.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
ipctl mq create --message-size 1K /r
for command in 'listen /q' 'listen /q /r' 'recv -c 9 /q' 'listen -J /q' 'listen --journal journal /q' 'listen -w 1h /q'; do
    # shellcheck disable=SC2086  # words
    { status=0; ipctl mq $command || status=$?; echo $status >status; } | head -1 >got &
    mq-send /q 0 first
    wait_until test -s status
    wait
    [ "$(cat status)" = 141 ] || fail "$command: status $(cat status)"
    grep -q first got || fail "$command: head got '$(cat got)'"
    rm status
    mq-send /q 0 second
    expect_output '0 6 second' mq-recv -n /q
done
ipctl mq rm /q /r
