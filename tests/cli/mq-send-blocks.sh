#!/bin/sh
# mq send to a full queue waits until there is room, with a time limit and without.
. "$(dirname "$0")/lib.sh"

mq-make /q 1 10
for options in '' '-w 60' '--timeout=1m'; do
    # shellcheck disable=SC2086  # words
    background ipctl mq send $options /q first second third
    wait_until grep -q '^QSIZE:5 ' /dev/mqueue/q
    expect_output '0 5 first
0 6 second
0 5 third' mq-recv /q 3
    wait "$bg" || fail "status $?"
    expect_status 3 mq-recv -n /q
done
ipctl mq rm /q
