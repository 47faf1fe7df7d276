#!/bin/sh
# recv --stream: all bytes until the writers have gone; to a file, a pipe, and with status 124 and 3 when it may not wait
. "$(dirname "$0")/lib.sh"

mkfifo fifo
head -c 3000000 /dev/urandom >data
background sh -c 'cat data >fifo'
ipctl fifo recv --stream fifo >got
cmp data got
background sh -c 'cat data >fifo'
ipctl fifo recv --stream fifo | cat >got
cmp data got
background sh -c 'cat data >fifo'
ipctl fifo recv --stream fifo >>got
[ "$(wc -c <got)" = 6000000 ]
expect_status 124 ipctl fifo recv --stream -w 200ms fifo
expect_status 3 ipctl fifo recv --stream -n fifo
exec 3<>fifo
printf 'some' >&3
expect_status 124 ipctl fifo recv --stream -w 200ms fifo
[ "$(cat "$out")" = some ]
background ipctl fifo recv --stream fifo
wait_until catches_term "$bg"
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
[ "$status" = 143 ] || fail "status $status"
