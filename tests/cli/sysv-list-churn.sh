#!/bin/sh
# ls of all System V kinds while stress-ng makes and removes objects for five seconds: always status 0, valid JSON, plausible values.
. "$(dirname "$0")/lib.sh"

command -v stress-ng >/dev/null || skip "stress-ng is missing"
mkdir stress
background stress-ng --quiet --temp-path "$tmp/stress" --msg 1 --shm-sysv 1 --sem-sysv 1 --timeout 60 >stress.log 2>&1
status=0
python3 "$top/tests/soak/sysv-churn.py" "$bg" 5 >report 2>&1 || status=$?
kill "$bg"
wait "$bg" || fail "stress-ng: $(cat stress.log)"
[ $status = 0 ] || fail "$(cat report)"
cat report
# What stress-ng may leave behind.
for kind in mq shm sem; do ipctl sysv-$kind ls -q --noheadings -o id | xargs -r ipctl sysv-$kind rm -q --force; done
