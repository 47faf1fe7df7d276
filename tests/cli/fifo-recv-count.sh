#!/bin/sh
# recv -c takes so many; status 3 when the writers have gone before that, 124 when the time is up
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-write fifo 2 3 x
expect_output 'x
x' ipctl fifo recv -c 2 fifo
wait "$bg" || :
background ipctl fifo recv -c 3 fifo >got
reader=$bg
printf 'a\nb\n' >fifo
status=0
wait "$reader" || status=$?
[ "$status $(wc -l <got)" = '3 2' ] || fail "status $status: $(cat got)"
exec 3<>fifo
printf 'a\nb\n' >&3
expect_status 124 ipctl fifo recv -c 3 -w 200ms fifo
[ "$(wc -l <"$out")" = 2 ]
expect_status 2 ipctl fifo recv -c 0 fifo
