#!/bin/sh
# shm stat of several objects: those that exist are shown, the others are named; status 4 when all that failed are missing.
. "$(dirname "$0")/lib.sh"

shm-make /a 10
shm-make /b 10
expect_status 4 ipctl shm stat -o name --noheadings /a /none /b
[ "$(xargs <"$out")" = '/a /b' ] || fail "shows $(cat "$out")"
expect_error '/none: no such object'
expect_status 4 ipctl shm stat -J /none
[ "$(cat "$out")" = '{"schema":1,"objects":[]}' ] || fail "JSON: $(cat "$out")"
expect_status 4 ipctl shm stat /none
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 4 ipctl shm stat --deleted /a
expect_error /a
expect_status 2 ipctl shm stat
expect_error NAME
expect_status 2 ipctl shm ls /a
expect_error /a
expect_status 2 ipctl shm stat -o nosuch /a
expect_error HOLDERS
ipctl shm rm /a /b
