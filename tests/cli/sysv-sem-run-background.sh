#!/bin/sh
# sysv-sem run: what CMD leaves in the background does not hold the semaphore, and a CMD that goes there gives it back.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
expect_output '' ipctl sysv-sem run "$id" -- sh -c 'sleep 1000 >/dev/null 2>&1 & echo $! >left'
expect_output '' ipctl sysv-sem run -n "$id" -- true
kill -0 "$(cat left)" || fail "the child ended"
kill "$(cat left)"
expect_output '' ipctl sysv-sem run "$id" -- setsid -f sh -c 'echo $$ >left; exec sleep 1000' >/dev/null
wait_until test -s left
expect_output '' ipctl sysv-sem run -n "$id" -- true
kill "$(cat left)"
# A child that ends gives nothing back: its parent holds it.
expect_output '0 3' ipctl sysv-sem run "$id" -- sh -c "sh -c 'exit 0'; (true); sysv-sem-get $id | awk '{ print \$1 }' | tr '\n' ' '; ipctl sysv-sem run -n $id -- true; echo \$?"
ipctl sysv-sem rm "$id"
