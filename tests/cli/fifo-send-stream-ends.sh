#!/bin/sh
# send --stream: a reader that leaves is an error, a full FIFO 3 or 124; what was read from a pipe and not sent is saved
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-read fifo 10 >got
status=0
yes | ipctl fifo send --stream fifo 2>errors || status=$?
[ "$status" = 1 ] || fail "status $status"
grep -q 'fifo: no reader has it open any more; [0-9]* bytes were sent' errors || fail "$(cat errors)"
wait "$bg"
[ "$(wc -c <got)" = 10 ]
background fifo-hold fifo r >held
wait_until sh -c 'ipctl fifo send -n --stream fifo </dev/null'
head -c 1000000 /dev/zero >zeros
expect_status 124 ipctl fifo send -w 300ms --stream fifo <zeros
expect_error 'timed out; '
expect_status 3 ipctl fifo send -n --stream fifo <zeros
expect_error 'is full; 0 bytes were sent'
