#!/bin/sh
# sem wait, listen and run -w: status 124 when the time is up, to fractions of a second and not earlier; nothing is taken.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s
uptime() { awk '{ print int($1 * 100) }' /proc/uptime; }
waits() {
    before=$(uptime)
    expect_status 124 ipctl sem "$@"
    took=$(($(uptime) - before))
    [ $took -ge 28 ] || fail "$* gave up after $took hundredths of a second"
    [ ! -s "$out" ] || fail "$*: prints '$(cat "$out")'"
}
waits wait -w 300ms /s
waits wait --timeout=0.3 /s
waits listen -w 0.3s /s
waits listen -w 300ms -j 2 /s -- cat
waits run -w 300ms /s -- touch ran
waits wait -w 300ms -J /s
[ ! -e ran ] || fail "the command ran"
ipctl sem post -c 2 /s
# For all posts together.
waits wait -w 300ms -c 3 /s
expect_output 2 sem-op /s value

expect_output '' ipctl sem wait -w 1h -c 2 /s
expect_status 124 ipctl sem wait -w 0 /s
for wrong in -1 x '1 s' '' 1d2; do
    expect_status 2 ipctl sem wait --timeout="$wrong" /s
    expect_error timeout
done
ipctl sem rm /s
