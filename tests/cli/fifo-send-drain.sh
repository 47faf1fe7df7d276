#!/bin/sh
# send --drain returns when all has been read; it fails when the reader leaves before
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-hold fifo r >held
holder=$bg
expect_status 124 ipctl fifo send --drain -w 300ms fifo hello
background ipctl fifo send --drain fifo again
sender=$bg
holds() { [ "$(ipctl fifo stat -q --raw --noheadings -b -o bytes fifo)" = "$1" ]; }
wait_until holds 12
expect_output 'hello
again' ipctl fifo recv -w 20 -c 2 fifo
wait "$sender" || fail "status $?"
background ipctl fifo send --drain fifo unread 2>errors
sender=$bg
wait_until holds 7
kill "$holder"
wait "$holder" || :
status=0
wait "$sender" || status=$?
[ "$status" = 1 ] || fail "status $status"
grep -q 'fifo: its readers left, and 7 bytes were not read' errors || fail "$(cat errors)"
expect_status 2 ipctl fifo send --drain -n fifo x
