#!/bin/sh
# sem stat of several: all that are there are shown, named and unnamed, the missing ones named; status 4.
. "$(dirname "$0")/lib.sh"

shm-make /m 64
sem-make /a 1
sem-make /b 2
sem-init shm:/m+32 3
expect_output '/b 2
shm:/m+32 3
/a 1' ipctl sem stat --raw --noheadings -o name,value b shm:/m+32 /a
expect_status 4 ipctl sem stat --raw --noheadings -o name,value /none /a /gone
expect_error '/none: no such semaphore'
expect_error '/gone: no such semaphore'
[ "$(cat "$out")" = '/a 1' ] || fail "prints $(cat "$out")"
expect_status 4 ipctl sem stat /none
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 4 ipctl sem stat -J /none
python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["objects"] == []' "$out"
expect_status 4 ipctl sem stat shm:/none+8
expect_status 4 ipctl sem stat file:none
ipctl sem rm /a /b
rm /dev/shm/m
