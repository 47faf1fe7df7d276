#!/bin/sh
# sysv-sem wait, op, run and listen asleep use no processor time, with a timeout and without.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 1 600 0)
asleep() { [ "$(sysv-sem-get "$id" | cut -d ' ' -f 2)" = 1 ]; }
used() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }
switches() { awk '/ctxt_switches/ { n += $2 } END { print n }' "/proc/$1/task/"*/status; }
for command in "wait $id" "wait -w 60 $id" "op $id 0:-1" "op -w 60 $id 0:-1" "run -w 60 $id -- true" "listen -w 60 $id"; do
    # shellcheck disable=SC2086  # words
    background ipctl sysv-sem $command
    wait_until asleep
    before=$(used "$bg") switched=$(switches "$bg")
    sleep 0.7
    ticks=$(($(used "$bg") - before)) wakes=$(($(switches "$bg") - switched))
    [ $ticks -le 5 ] || fail "$command: used $ticks ticks asleep"
    [ $wakes -le 100 ] || fail "$command: woke up $wakes times"
    asleep || fail "$command: ended"
    kill "$bg"
    wait "$bg" 2>/dev/null || :
done
sysv-rm sem "$id"
