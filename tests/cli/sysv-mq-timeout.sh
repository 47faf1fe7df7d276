#!/bin/sh
# sysv-mq -w: recv, listen and send give up when the time is up and not earlier: status 124; a message that comes in time is not late.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
full=$(sysv-mq-make private 600 3)
sysv-mq-send "$full" 1 abc
uptime() { awk '{ print int($1 * 100) }' /proc/uptime; }
waits() {
    before=$(uptime)
    expect_status 124 ipctl sysv-mq "$@"
    took=$(($(uptime) - before))
    [ $took -ge 28 ] || fail "$* gave up after $took hundredths of a second"
    [ $took -le 400 ] || fail "$* gave up after $took hundredths of a second"
    [ ! -s "$out" ] || fail "$* prints $(cat "$out")"
}
for command in recv 'recv -c 2' listen 'recv --safe' 'listen --safe' 'recv -t 3' 'recv -t -3' 'recv -t 3 --except' \
    'recv --journal journal' 'recv --size 9'; do
    # shellcheck disable=SC2086  # words
    waits $command -w 300ms "$id"
done
waits listen -w 0.3 "$id" -- cat
waits listen -w 0.3s -j 2 "$id" -- cat
waits send -w 300ms "$full" d
expect_error 'timed out'
waits send --timeout=0.3 "$full" d e
sysv-mq-send "$id" 4 other
waits recv -t 3 -w 0.3 "$id"
expect_output other ipctl sysv-mq recv -w 1h "$id"
expect_status 124 ipctl sysv-mq recv -w 0 "$id"
expect_status 124 ipctl sysv-mq send -w 0 "$full" d
background sh -c "exec ipctl sysv-mq recv -w 60 $id >got"
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
sysv-mq-send "$id" 1 'in time'
wait "$bg" || fail "status $?"
expect_output 'in time' cat got
ipctl sysv-mq rm "$id" "$full"
