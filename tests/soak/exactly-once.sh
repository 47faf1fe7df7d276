#!/bin/sh
# exactly-once [full]: four senders and four receivers, ipctl and C mixed: every message arrives, and once only
. "$(dirname "$0")/../cli/lib.sh"

count=20000
if [ "${1:-}" = full ]; then count=200000; fi
each=$((count / 4))
seq -f 'c-%.0f' "$each" >c
seq -f 'd-%.0f' "$each" | tr '\n' '\0' >d
mq-make /q 10 100

waited=
start() {
    background "$@"
    waited="$waited $bg"
}
start mq-flood /q a "$each" >/dev/null
start mq-flood /q b "$each" >/dev/null
start ipctl mq send -l /q <c
start ipctl mq send -0 /q <d
start mq-drain /q "$each" >got-1
start mq-drain /q "$each" >got-2
start ipctl mq recv -c "$each" /q >got-3
start ipctl mq listen -c "$each" /q >got-4
for pid in $waited; do wait "$pid" || fail "one of the eight ended with status $?"; done

seq -f "%.0f" "$each" | sed 'h; s/^/a-/p; g; s/^/b-/p; g; s/^/c-/p; g; s/^/d-/' | sort >sent
cat got-1 got-2 got-3 got-4 | sort >got
lost=$(comm -23 sent got | wc -l)
more=$(comm -13 sent got | wc -l)
echo "$count messages by 4 senders to 4 receivers: $lost lost, $more more than once or changed"
[ "$(wc -l <sent)" = "$count" ]
[ "$lost" = 0 ] && [ "$more" = 0 ]
expect_status 3 ipctl mq recv -n /q
ipctl mq rm /q
