#!/bin/sh
# send --stream: all bytes of the input as they are, from a file, a pipe and a FIFO; how many is told with -J
. "$(dirname "$0")/lib.sh"

mkfifo fifo other
head -c 3000000 /dev/urandom >data
streamed() {
    background fifo-read fifo >got
    "$@"
    wait "$bg"
    cmp data got
}
streamed ipctl fifo send --stream -f data fifo
streamed ipctl fifo send --stream fifo <data
# shellcheck disable=SC2002  # a pipe is meant
cat data | streamed ipctl fifo send --stream fifo
(cat data >other) &
streamed ipctl fifo send --stream fifo <other
background fifo-read fifo >got
expect_output '{"mechanism":"fifo","name":"fifo","bytes":3000000}' ipctl fifo send -J --stream -f data fifo
wait "$bg"
background fifo-read fifo >got
expect_output '{"mechanism":"fifo","name":"fifo","bytes":0}' ipctl fifo send -J --stream fifo </dev/null
wait "$bg"
for wrong in x --lock -l --decode=hex; do expect_status 2 ipctl fifo send --stream fifo "$wrong"; done
