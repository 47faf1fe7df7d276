#!/bin/sh
# sysv-sem op NUM:=0 waits until it is 0, in ipctl and in C; with others in one step.
. "$(dirname "$0")/lib.sh"

state() { [ "$(sysv-sem-get "$id" | cut -d ' ' -f 1,3 | xargs)" = "$1" ]; }
id=$(ipctl sysv-sem create 2 --values 2,0)
background ipctl sysv-sem op "$id" 0:=0 1:+1
one=$bg
background sysv-sem-op "$id" 0:=0 1:+1
two=$bg
wait_until state '2 2 0 0'
expect_status 3 ipctl sysv-sem op -n "$id" 0:=0
ipctl sysv-sem wait "$id"
state '1 2 0 0' || fail "woken by another value than 0: $(sysv-sem-get "$id")"
ipctl sysv-sem op "$id" 0:-1
wait "$one" || fail "ipctl: status $?"
wait "$two" || fail "C: status $?"
state '0 0 2 0' || fail "$(sysv-sem-get "$id")"
expect_output '' ipctl sysv-sem op -n "$id" 0:=0
# A lock that is free at 0.
background ipctl sysv-sem op "$id" 0:=0 0:+1u -- sleep 1000
wait_until state '1 0 2 0'
expect_status 3 ipctl sysv-sem op -n "$id" 0:=0 0:+1u -- true
kill "$bg"
wait "$bg" || :
wait_until state '0 0 2 0'
ipctl sysv-sem op -n "$id" 0:=0 0:+1u -- true
ipctl sysv-sem set "$id" --values 3,3
background ipctl sysv-sem op "$id" 0:=0 1:=0
wait_until sh -c "sysv-sem-get $id | grep -q '^3 0 1 '"
ipctl sysv-sem set "$id" --values 0,0
wait "$bg" || fail "set does not wake: status $?"
ipctl sysv-sem rm "$id"
