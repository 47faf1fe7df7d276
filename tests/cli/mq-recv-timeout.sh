#!/bin/sh
# mq recv and listen -w: status 124 when the time is up, for all messages together and not earlier.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
ipctl mq create --message-size 1K /r
uptime() { awk '{ print int($1 * 100) }' /proc/uptime; }
waits() {
    mq-send /q 0 one
    before=$(uptime)
    expect_status 124 ipctl mq "$@"
    took=$(($(uptime) - before))
    [ $took -ge 28 ] || fail "$* gave up after $took hundredths of a second"
    [ "$(cat "$out")" = one ] || fail "$*: took '$(cat "$out")'"
}
waits recv -c 2 -w 300ms /q
waits recv -c 2 --timeout=0.3 /q
waits listen -w 0.3s /q
waits listen -w 300ms /q /r
waits listen -w 300ms /q -- cat
waits listen -w 300ms -j 2 /q -- cat
waits recv -c 2 -w 300ms --journal journal /q

mq-send /q 0 one
expect_output one ipctl mq recv -w 1h /q
expect_status 124 ipctl mq recv -w 0 /q
for wrong in -1 x '1 s' '' 1d2; do
    expect_status 2 ipctl mq recv --timeout="$wrong" /q
    expect_error timeout
done
ipctl mq rm /q /r
