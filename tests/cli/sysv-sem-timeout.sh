#!/bin/sh
# sysv-sem wait, listen, op and run -w: status 124 when the time is up, not earlier and hardly later; nothing is taken.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 3 600 1 0 2)
before=$(sysv-sem-get "$id" | cut -d ' ' -f 1-3)
waits() {
    least=$1
    shift
    start=$(date +%s%N)
    expect_status 124 ipctl sysv-sem "$@"
    took=$((($(date +%s%N) - start) / 1000000))
    if [ $took -lt "$least" ] || [ $took -gt $((least + 4000)) ]; then fail "$*: took $took ms"; fi
    [ ! -s "$out" ] || fail "$*: prints '$(cat "$out")'"
    [ "$(sysv-sem-get "$id" | cut -d ' ' -f 1-3)" = "$before" ] || fail "$*: $(sysv-sem-get "$id")"
}
waits 300 wait -w 300ms "$id:1"
waits 2000 wait --timeout=2 "$id:1"
waits 300 wait -w 0.3 -c 2 "$id"
waits 300 listen -w 300ms "$id:1"
waits 300 listen -w 300ms "$id:1" -- touch ran
waits 300 op -w 300ms "$id" 0:-1 1:-1
waits 1100 op -w 1.1s "$id" 0:=0
waits 300 op -w 300ms "$id" 2:-1u 0:=0 -- touch ran
waits 300 run -w 300ms "$id:1" -- touch ran
waits 0 wait -w 0 "$id:1"
waits 0 op -w 1ms "$id" 1:-1
[ ! -e ran ] || fail "the command ran"
for wrong in -1 x '1 s' '' 1d2; do expect_status 2 ipctl sysv-sem op "$id" 0:-1 --timeout="$wrong"; done
expect_output '' ipctl sysv-sem wait -w 1h "$id"
expect_output '' ipctl sysv-sem op -w 100000000 "$id" 2:-2
ipctl sysv-sem rm "$id"
