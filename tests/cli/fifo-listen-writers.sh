#!/bin/sh
# listen stays through writers that come and go; what one leaves unfinished is a message
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background ipctl fifo listen -c 6 fifo >got
reader=$bg
lines=0
for writer in a b c d; do
    printf '%s' "$writer" >fifo
    lines=$((lines + 1))
    # The next writer may come before ipctl sees that this one has gone: then nothing tells their bytes apart.
    wait_until sh -c "[ \$(wc -l <got) = $lines ]"
done
fifo-write fifo 2 1 e
ipctl fifo send fifo f
wait "$reader"
[ "$(tr -d '\n' <got)" = abcdef ] || fail "$(cat got)"
