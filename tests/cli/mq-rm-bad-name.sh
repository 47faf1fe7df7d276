#!/bin/sh
# mq rm and stat with a bad name among good ones: status 2, and either all of the good ones are done or none.
. "$(dirname "$0")/lib.sh"

mq-make /a 1 10
mq-make /b 1 10
expect_status 2 ipctl mq rm /a bad/name /b
expect_error "'bad/name' is not a queue name"
left=$(find /dev/mqueue -type f -printf '%f\n' | sort | xargs)
[ "$left" = 'a b' ] || [ -z "$left" ] || fail "some of the queues are left: $left"
rm -f /dev/mqueue/a /dev/mqueue/b

mq-make /a 1 10
mq-make /b 1 10
expect_status 2 ipctl mq stat -o name --noheadings /a bad/name /b
[ ! -s "$out" ] || [ "$(xargs <"$out")" = '/a /b' ] || fail "shows $(cat "$out")"
rm /dev/mqueue/a /dev/mqueue/b
