#!/bin/sh
# sem wait -c N, all taken, then stopped while it hands them out: it has all, and says so by status 0, or has given all back.
. "$(dirname "$0")/lib.sh"

count=2000000
ipctl sem create /s
for delay in 0.05 0.07 0.09 0.11 0.13 0.15 0.17 0.19 0.21 0.25 0.3; do
    ipctl sem post -c $count /s
    status=0
    timeout --foreground -s TERM $delay ipctl sem wait -c $count /s || status=$?
    value=$(sem-op /s value)
    [ "$value" = 0 ] || [ "$status:$value" = "124:$count" ] || fail "status $status, and the value is $value"
    ipctl sem wait -a /s || [ $? = 3 ]
done
# The deadline is for taking them: a slow reader of the output divides nothing.
ipctl sem post -c 3 /s
mkfifo pipe
background sh -c 'exec ipctl sem wait -c 3 -w 300ms -F "%c %n" /s >pipe'
sh -c 'read -r line; sleep 0.5; echo "$line"; cat' <pipe >got
wait "$bg" || fail "status $?"
[ "$(wc -l <got)" = 3 ] || fail "not three: $(cat got)"
expect_output 0 sem-op /s value
ipctl sem rm /s
