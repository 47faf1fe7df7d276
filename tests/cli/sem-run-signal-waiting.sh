#!/bin/sh
# sem run stopped by a signal while it waits takes nothing, does not run CMD, and dies of the signal.
. "$(dirname "$0")/lib.sh"

waiters() { [ "$(od -An -tu4 -j4 -N4 /dev/shm/sem.s)" -eq 1 ]; }
sem-make /s 0
for signal in TERM:143 INT:130 HUP:129; do
    for option in '' '-w 60'; do
        background env --default-signal sh -c "exec ipctl sem run $option /s -- touch ran 2>errors"
        wait_until waiters
        kill "-${signal%:*}" "$bg"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "SIG${signal%:*}: status $status"
        [ ! -s errors ] || fail "complains $(cat errors)"
        [ ! -e ran ] || fail "the command ran"
        sem-op /s post
        sem-op /s trywait || fail "a post was taken"
    done
done
expect_output '0 0' ipctl sem stat --raw --noheadings -o value,waiters /s
ipctl sem rm /s
