#!/bin/sh
# A receiver killed while it waits took nothing; one killed with a command in hand costs that one message at most.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo ready
for command in 'recv /q' 'listen /q' 'recv --journal journal /q' 'listen -j 2 /q -- cat'; do
    background sh -c "exec ipctl mq ${command%% *} --ready-fd 5 ${command#* } 5>ready >got"
    read -r _ <ready
    kill -KILL "$bg"
    wait "$bg" || :
    mq-send /q 3 kept
    expect_output '3 4 kept' mq-recv -n /q
done
mq-send /q 0 1 2 3
background sh -c 'exec ipctl mq listen /q -- sh -c "touch started; exec sleep 1000"'
wait_until test -e started
pid=$(pgrep -P "$bg")
kill -KILL "$bg"
kill "$pid"
expect_output '0 1 2
0 1 3' mq-recv -n /q 2
ipctl mq rm /q
