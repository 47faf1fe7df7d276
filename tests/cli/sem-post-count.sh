#!/bin/sh
# sem post -c N posts N times, -J tells how often; 0 or what is no number is refused.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s
expect_output '' ipctl sem post /s
expect_output '' ipctl sem post -c 4 s
expect_output '' ipctl sem send --count=1000 /s
expect_output 1005 sem-op /s value
expect_output '{"mechanism":"sem","name":"/s","sent":1}' ipctl sem post -J /s
expect_output '{"mechanism":"sem","name":"/s","sent":3}' ipctl sem post -J -c 3 /s
expect_output 1009 sem-op /s value
for wrong in 0 -1 x '' 1.5 99999999999999999999; do
    expect_status 2 ipctl sem post --count="$wrong" /s
    expect_error --count
done
expect_status 2 ipctl sem post
expect_error NAME
expect_status 2 ipctl sem post /s /s
expect_status 2 ipctl sem post -x /s
expect_status 4 ipctl sem post /none
expect_error '/none: no such semaphore (ipctl sem ls'
expect_status 4 ipctl sem post -J -c 2 /none
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_output 1009 sem-op /s value
ipctl sem rm /s
