#!/bin/sh
# a barrier in a script: nobody goes on before all have arrived, round after round
. "$(dirname "$0")/lib.sh"
workers=5
# A round has a semaphore: it counts down to zero. All of a set's values are there from its first moment on.
set=$(ipctl sysv-sem create private 3 --values $workers,$workers,$workers)
work() {
    for round in 0 1 2; do
        echo "arrives $round" >>log
        ipctl sysv-sem op "$set" $round:-1
        ipctl sysv-sem op "$set" -w 20 $round:=0
        echo "leaves $round" >>log
    done
}
pids=
for _ in $(seq $workers); do
    work &
    pids="$pids $!"
done
for pid in $pids; do wait "$pid" || fail "a worker failed"; done
[ "$(wc -l <log)" -eq $((workers * 6)) ] || fail "$(cat log)"
for round in 0 1 2; do
    grep -n " $round\$" log | sed -n "1,${workers}p" | grep leaves && fail "round $round: one left before all had come: $(cat log)"
done
expect_output '0,0,0' sh -c "ipctl sysv-sem stat -J $set | python3 -c '
import json, sys
print(*(s[\"value\"] for s in json.load(sys.stdin)[\"objects\"][0][\"semaphores\"]), sep=\",\")'"
ipctl sysv-sem rm "$set"
