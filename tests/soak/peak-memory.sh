#!/bin/sh
# peak-memory [full]: however much goes through send and listen, they stay below 16 MiB
. "$(dirname "$0")/../cli/lib.sh"

stream=$((64 << 20))
messages=50000
if [ "${1:-}" = full ]; then
    stream=$((1 << 30))
    messages=1000000
fi

# small WHAT: the peak in the file peak is below the limit.
small() {
    echo "$1: $(cat peak) KiB"
    if [ "$(cat peak)" -ge 16384 ] || [ "$(cat peak)" -lt 100 ]; then fail "$1 took $(cat peak) KiB"; fi
}

mq-make /q 10 4096
line=$(printf '%01023d' 0)
lines=$((stream / 1024))
background mq-drain /q $lines >/dev/null
yes "$line" | head -n $lines | peak-memory ipctl mq send -l /q 3>peak
wait "$bg"
small "send -l, $stream bytes in $lines lines"

background mq-flood /q m $messages >/dev/null
peak-memory ipctl mq listen -c $messages /q 3>peak >got
wait "$bg"
[ "$(wc -l <got)" = $messages ]
small "listen, $messages messages"

background mq-flood /q m $messages >/dev/null
peak-memory ipctl mq listen -c $messages -J --journal journal /q 3>peak >got
wait "$bg"
[ "$(wc -l <got)" = $messages ]
small "listen -J --journal, $messages messages"

background mq-flood /q m $((messages / 50)) >/dev/null
peak-memory ipctl mq listen -c $((messages / 50)) -j 4 /q 3>peak -- cat >got
wait "$bg"
[ "$(grep -o m- got | wc -l)" = $((messages / 50)) ]
small "listen -j 4 -- cat, $((messages / 50)) messages"
ipctl mq rm /q
