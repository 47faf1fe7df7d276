#!/bin/sh
# sysv-churn [full]: stress-ng makes and removes System V objects of all kinds for ten seconds (full: a minute), while all are listed
. "$(dirname "$0")/../cli/lib.sh"

seconds=10
workers=2
if [ "${1:-}" = full ]; then seconds=60; fi
command -v stress-ng >/dev/null || skip "stress-ng is missing"
mkdir stress
background stress-ng --quiet --temp-path "$tmp/stress" --msg $workers --shm-sysv $workers --sem-sysv $workers --timeout $((seconds + 60)) >stress.log 2>&1
status=0
python3 "$top/tests/soak/sysv-churn.py" "$bg" $seconds >report 2>&1 || status=$?
kill "$bg"
wait "$bg" || fail "stress-ng: $(cat stress.log)"
[ $status = 0 ] || fail "$(cat report)"
cat report
# What stress-ng may leave behind.
for kind in mq shm sem; do ipctl sysv-$kind ls -q --noheadings -o id | xargs -r ipctl sysv-$kind rm -q --force; done
