#!/bin/sh
# sysv-sem wait, op, run and listen die of the signal that stops them while they wait: 128+N for the caller, nothing taken or said.
# shellcheck disable=SC2086  # words
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 2 600 0 1)
asleep() { [ "$(sysv-sem-get "$id" | awk '{ n += $2 + $3 } END { print n }')" = 1 ]; }
for command in "wait $id" "wait -w 60 -c 2 $id" "listen $id" "listen -j 2 $id -- touch ran" "op $id 1:-1 0:-1" "op -w 60 $id 1:=0" \
    "op $id 1:-1u 0:-1u -- touch ran" "run $id -- touch ran" "run -w 60 -c 2 $id:1 -- touch ran"; do
    for signal in INT:130 TERM:143 HUP:129; do
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl sysv-sem $command >got 2>errors"
        wait_until asleep
        kill "-${signal%:*}" "$bg"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "$command, SIG${signal%:*}: status $status"
        [ ! -s got ] || fail "$command: printed $(cat got)"
        [ ! -s errors ] || fail "$command: complains $(cat errors)"
        expect_output '0 0 0 1 0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1-3 | xargs"
    done
done
[ ! -e ran ] || fail "the command ran"
sysv-rm sem "$id"
