#!/bin/sh
# sysv-sem wait, op, run and listen that ignore a signal, as under nohup, wait on; being stopped and going on changes nothing either.
# shellcheck disable=SC2086  # words
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 1 600 0)
asleep() { sysv-sem-get "$id" | grep -q '^0 1 '; }
for command in "wait $id" "wait -w 60 $id" "op $id 0:-1" "run $id -- true" "run -w 60 $id -- true" "listen -c 1 $id"; do
    background env --default-signal --ignore-signal=TERM --ignore-signal=HUP ipctl sysv-sem $command
    wait_until asleep
    for signal in TERM HUP CONT WINCH URG; do
        kill -$signal "$bg"
        wait_until grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$bg/status"
    done
    kill -STOP "$bg"
    wait_until grep -q '^State:.T' "/proc/$bg/status"
    kill -CONT "$bg"
    wait_until asleep
    sysv-sem-op "$id" 0:+1
    wait "$bg" || fail "$command: status $?"
    ipctl sysv-sem set "$id" --value 0
done
# The time goes on while it is stopped.
background ipctl sysv-sem wait -w 1 "$id"
wait_until asleep
kill -STOP "$bg"
sleep 1.2
kill -CONT "$bg"
status=0
wait "$bg" || status=$?
[ $status = 124 ] || fail "status $status"
sysv-rm sem "$id"
