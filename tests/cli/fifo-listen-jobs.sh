#!/bin/sh
# listen -j runs so many commands at once
. "$(dirname "$0")/lib.sh"

mkfifo fifo started
# shellcheck disable=SC2016  # for the inner shell
background ipctl fifo listen -c 4 -j 4 fifo -- sh -c 'echo x >>running; until [ "$(wc -l <running)" = 4 ]; do sleep 0.02; done; cat >>log'
reader=$bg
seq 4 | ipctl fifo send fifo
wait "$reader"
[ "$(sort log | xargs)" = '1 2 3 4' ] || [ "$(fold -w 1 log | sort | xargs)" = '1 2 3 4' ] || fail "$(cat log)"
