#!/bin/sh
# mq send --create: makes a missing queue with the defaults and mode 0600; without it, a missing queue is status 4.
. "$(dirname "$0")/lib.sh"

expect_status 4 ipctl mq send /q text
expect_error '/q: no such queue'
[ ! -e /dev/mqueue/q ] || fail "was created unasked"
expect_output '' ipctl mq send --create /q first
expect_output '' ipctl mq send --create /q second
expect_output '0 5 first
0 6 second' mq-recv -n /q 2
[ "$(stat -c %a /dev/mqueue/q)" = 600 ] || fail "mode $(stat -c %a /dev/mqueue/q)"
rm /dev/mqueue/q

for i in 1 2 3 4 5 6; do ipctl mq send --create /q $i & done
wait
expect_output '1 2 3 4 5 6' sh -c 'mq-recv /q 6 | cut -d" " -f3 | sort | xargs'
expect_status 3 mq-recv -n /q

mq-make /full 1 10
chmod 0 /dev/mqueue/full
if [ "$root" = yes ]; then
    expect_status 1 as_nobody ipctl mq send --create /full x
    expect_error permission
fi
rm /dev/mqueue/q /dev/mqueue/full
