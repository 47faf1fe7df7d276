#!/bin/sh
# sysv-mq listen --safe: killed at any moment, with SIGKILL too, it loses nothing: the message in hand is still in the queue.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
sysv-mq-send "$id" 5 first
sysv-mq-send "$id" 5 second
for signal in KILL TERM; do
    rm -f started
    background sh -c 'exec ipctl sysv-mq listen --safe 0x2a -- sh -c "touch started; exec sleep 1000" 2>errors'
    wait_until test -e started
    pid=$(pgrep -P "$bg")
    kill -$signal "$bg"
    kill "$pid" || :
    wait "$bg" || :
    expect_output '5 first
5 second' sysv-mq-recv "$id" 0 2 copy
done
# While it waits, before and after something came.
sysv-mq-recv "$id" 0 2 >/dev/null
mkfifo ready
for signal in KILL:137 TERM:143; do
    background sh -c "exec ipctl sysv-mq recv --safe --ready-fd 5 $id 5>ready"
    read -r _ <ready
    kill "-${signal%:*}" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "status $status"
    sysv-mq-send "$id" 5 third
    expect_output '5 third' sysv-mq-recv "$id" 0 nowait
done
ipctl sysv-mq rm "$id"
