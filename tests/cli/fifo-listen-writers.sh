#!/bin/sh
# listen stays through writers that come and go, and never mixes what they leave unfinished
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background ipctl fifo listen -c 6 fifo >got
reader=$bg
for writer in a b c d; do printf '%s' "$writer" >fifo && wait_until grep -q "$writer" got; done
fifo-write fifo 2 1 e
ipctl fifo send fifo f
wait "$reader"
[ "$(tr -d '\n' <got)" = abcdef ] || fail "$(cat got)"
