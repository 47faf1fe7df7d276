#!/bin/sh
# sysv-mq recv --size: a longer message is an error that says so, and stays; --truncate cuts it, and its end is lost.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
sysv-mq-send "$id" 3 four five5 ''
for command in 'recv --size 3' 'recv -n --size 0' 'recv -w 1 --size=3' 'recv -a --size 3' 'listen --size 3' 'recv --journal j --size 3'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sysv-mq $command "$id"
    expect_error 'stays in the queue'
    expect_error '--truncate'
    expect_error '--size'
    [ ! -s "$out" ] || fail "$command prints $(cat "$out")"
    expect_output '3 9' sh -c "sysv-mq-stat $id | cut -d' ' -f1,2"
done
expect_output four ipctl sysv-mq recv --size 4 "$id"
expect_output fiv ipctl sysv-mq recv --size 3 --truncate "$id"
expect_output '' ipctl sysv-mq recv --size 0 "$id"
expect_status 3 ipctl sysv-mq recv --size 0 -n "$id"
sysv-mq-send "$id" 3 abcdef
expect_output '2:ab' ipctl sysv-mq recv --truncate --size 2 -F '%l:%s' "$id"
sysv-mq-send "$id" 3 abcdef
expect_output 'abcdef' ipctl sysv-mq recv --truncate "$id"
sysv-mq-send "$id" 3 abcdef
expect_output '0:' ipctl sysv-mq recv --truncate --size 0 -F '%l:%s' "$id"
# A receiver that waits is not ended by what it does not want.
background sh -c "exec ipctl sysv-mq recv --size 3 -t 8 $id 2>errors"
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
sysv-mq-send "$id" 7 longer
sysv-mq-send "$id" 8 longer
status=0
wait "$bg" || status=$?
[ $status = 1 ] || fail "status $status"
expect_output '7 longer
8 longer' sysv-mq-recv "$id" 0 2 nowait
ipctl sysv-mq rm "$id"
