#!/bin/sh
# sysv-sem wait, op, run and listen killed with SIGKILL while they wait leave the values as they were, and nobody counted.
# shellcheck disable=SC2086  # words
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 2 600 0 1)
state() { sysv-sem-get "$id" | cut -d ' ' -f 1-3 | xargs; }
for command in "wait $id" "wait -w 60 -c 2 $id:1" "op $id 1:-1 0:-1" "op $id 1:-1u 0:-1u -- true" "op $id 1:=0" "run $id -- true" \
    "listen $id" "listen $id -- true"; do
    background ipctl sysv-sem $command
    wait_until sh -c "sysv-sem-get $id | grep -qE ' (1 0|0 1) [0-9]+\$'"
    kill -KILL "$bg"
    status=0
    wait "$bg" 2>/dev/null || status=$?
    [ $status = 137 ] || fail "$command: status $status"
    [ "$(state)" = '0 0 0 1 0 0' ] || fail "$command: $(state)"
done
# One who waits behind it gets what comes.
background ipctl sysv-sem wait "$id"
one=$bg
wait_until sh -c "sysv-sem-get $id | grep -q '^0 1 '"
background ipctl sysv-sem wait "$id"
wait_until sh -c "sysv-sem-get $id | grep -q '^0 2 '"
kill -KILL "$one"
wait "$one" 2>/dev/null || :
sysv-sem-op "$id" 0:+1
wait "$bg" || fail "status $?"
sysv-rm sem "$id"
