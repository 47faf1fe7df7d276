#!/bin/sh
# mq listen of several queues: takes from each as messages come, in turn when all have some, and leaves none waiting.
. "$(dirname "$0")/lib.sh"

for name in a b c; do ipctl mq create --message-size 1K /$name; done
mq-send /a 0 1 2 3 4 5 6
mq-send /b 0 1 2
mq-send /c 9 1 2 3
ipctl mq listen -c 11 -F '%n %s' /a /b /c >got
expect_output "$(printf '%s\n' '/a 1' '/a 2' '/a 3' '/a 4' '/a 5' '/a 6' '/b 1' '/b 2' '/c 1' '/c 2' '/c 3')" sort got
expect_output '/a /b /c' sh -c 'head -3 got | cut -d" " -f1 | sort | xargs'

background sh -c 'exec ipctl mq listen -c 4 -J /c /a /b >got'
for name in b c a b; do
    mq-send /$name 2 "to $name"
    wait_until grep -q "\"name\":\"/$name\".*\"data\":\"to $name\"" got
done
wait "$bg" || fail "status $?"
[ "$(grep -c . got)" = 4 ] || fail "$(cat got)"

expect_status 4 ipctl mq listen -c 1 /a /none
expect_error /none
mq-send /a 3 back
mq-send /b 3 back
expect_status 1 sh -c 'exec ipctl mq listen /b /a >/dev/full'
expect_output '3 4 back' mq-recv -n /a
expect_output '3 4 back' mq-recv -n /b
ipctl mq rm /a /b /c
