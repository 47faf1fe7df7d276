#!/bin/sh
# ipctl that is suspended and continued while it waits goes on waiting, and its time limit with it.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
ipctl mq create --message-size 1K /r
mkfifo ready
for command in 'recv /q' 'recv -w 60 /q' 'listen -c 1 /q /r' 'listen -c 1 /q -- cat' 'listen -c 1 --notify -F text /q'; do
    background sh -c "exec ipctl mq ${command%% *} --ready-fd 5 ${command#* } 5>ready >got"
    read -r _ <ready
    for _ in 1 2 3; do
        kill -STOP "$bg"
        wait_until grep -q '^State:.T' "/proc/$bg/status"
        kill -CONT "$bg"
        wait_until grep -q '^State:.[SR]' "/proc/$bg/status"
    done
    mq-send /q 0 text
    wait "$bg" || fail "$command: status $?"
    expect_output text cat got
    mq-recv -n /q >/dev/null || :
done
ipctl mq rm /q /r
