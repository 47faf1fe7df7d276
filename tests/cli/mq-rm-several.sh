#!/bin/sh
# mq rm of several: all that can be are removed, the others named; status 4 when every failure is a missing queue, else 1.
. "$(dirname "$0")/lib.sh"

for name in a b c; do mq-make /$name 1 10; done
expect_output '' ipctl mq rm /a b
expect_output c ls /dev/mqueue
expect_status 4 ipctl mq rm /none /c /gone
expect_error '/none: no such queue'
expect_error '/gone: no such queue'
expect_output '' ls /dev/mqueue
expect_status 4 ipctl mq rm /none
expect_output '' ipctl mq rm --force /none
mq-make /a 1 10
expect_output '' ipctl mq rm --force /none /a /gone
expect_output '' ls /dev/mqueue
mq-make /a 1 10
expect_status 4 ipctl mq rm /a /a
expect_status 2 ipctl mq rm
expect_error NAME
expect_status 2 ipctl mq rm -a
expect_status 2 ipctl mq rm --forse /a
expect_error "'--force'"
