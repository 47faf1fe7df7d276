#!/bin/sh
# sysv-sem run: signals reach CMD itself, which decides what to do; nothing of ipctl stands between, and a stopped CMD still holds.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
value() { sysv-sem-get "$id" | cut -d ' ' -f 1; }
background env --default-signal ipctl sysv-sem run "$id" -- \
    sh -c 'trap "echo TERM >>log" TERM; trap "echo USR1 >>log" USR1; echo >ready; until [ -e go ]; do sleep 0.02; done; exit 3'
wait_until test -e ready
kill -TERM "$bg"
wait_until grep -q TERM log
kill -USR1 "$bg"
wait_until grep -q USR1 log
expect_output 0 value
kill -STOP "$bg"
wait_until grep -q '^State:.T' "/proc/$bg/status"
expect_status 3 ipctl sysv-sem run -n "$id" -- true
kill -CONT "$bg"
touch go
status=0
wait "$bg" || status=$?
[ $status = 3 ] || fail "status $status"
expect_output 1 value
for signal in TERM:143 INT:130 HUP:129 USR2:140; do
    rm -f ready
    background env --default-signal ipctl sysv-sem run "$id" -- sh -c 'echo >ready; exec sleep 1000'
    wait_until test -e ready
    wait_until sh -c "grep -q sleep /proc/$bg/comm"
    kill "-${signal%:*}" "$bg"
    status=0
    wait "$bg" 2>/dev/null || status=$?
    [ $status = "${signal#*:}" ] || fail "SIG${signal%:*}: status $status"
    expect_output 1 value
done
ipctl sysv-sem rm "$id"
