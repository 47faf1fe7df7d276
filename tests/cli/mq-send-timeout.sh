#!/bin/sh
# mq send -w: gives up with status 124 after the whole time, not before; a bad duration is refused.
. "$(dirname "$0")/lib.sh"

mq-make /q 1 10
uptime() { awk '{ print int($1 * 100) }' /proc/uptime; }
waits() {
    before=$(uptime)
    expect_status 124 ipctl mq send -w "$1" /q a b
    took=$(($(uptime) - before))
    [ $took -ge "$2" ] || fail "-w $1 gave up after $took hundredths of a second"
    expect_error '/q: timed out'
    expect_error '1 message sent'
    expect_output '0 1 a' mq-recv -n /q
    expect_status 3 mq-recv -n /q
}
waits 200ms 18
waits 0.3s 28
waits 0.3 28
waits 0 0
for wrong in -1 x 1x 1.s '' 1e9 5sec; do
    expect_status 2 ipctl mq send --timeout="$wrong" /q x
    expect_error timeout
done
ipctl mq rm /q
