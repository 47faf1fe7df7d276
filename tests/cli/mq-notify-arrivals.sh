#!/bin/sh
# mq listen --notify: a line for each arrival in an empty queue, with the sender's pid and uid; it takes nothing.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo ready
background sh -c 'exec ipctl mq listen --notify --ready-fd 5 -F "%n %s %P %u" /q 5>ready >got'
read -r _ <ready
grep -q "NOTIFY_PID:$bg" /dev/mqueue/q || fail "not registered: $(cat /dev/mqueue/q)"
: >wanted
for message in one two three; do
    sh -c "echo \"/q 1 \$\$ $(id -u)\" >>wanted; exec mq-send /q 4 $message"
    wait_until cmp wanted got
    # Another in a queue that is not empty is none.
    mq-send /q 4 more
    expect_output "4 ${#message} $message
4 4 more" mq-recv -n /q 2
done
cmp wanted got
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "status $status"
grep -q 'NOTIFY_PID:0' /dev/mqueue/q || fail "still registered: $(cat /dev/mqueue/q)"
ipctl mq rm /q
