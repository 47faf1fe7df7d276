#!/bin/sh
# mq stat of several queues: those that exist are shown, the others are named; status 4 when all that failed are missing.
. "$(dirname "$0")/lib.sh"

mq-make /a 7 2048
mq-make /b 7 2048
expect_status 4 ipctl mq stat -o name --noheadings /a /none /b
[ "$(xargs <"$out")" = '/a /b' ] || fail "shows $(cat "$out")"
expect_error '/none: no such queue'
expect_status 4 ipctl mq stat -J /none
[ "$(cat "$out")" = '{"schema":1,"objects":[]}' ] || fail "JSON: $(cat "$out")"
expect_status 4 ipctl mq stat /none
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 2 ipctl mq stat
expect_error NAME
expect_status 2 ipctl mq ls /a
expect_error /a
ipctl mq rm /a /b
