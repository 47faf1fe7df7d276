#!/bin/sh
# listen --until-end ends when there was a writer and all have gone
. "$(dirname "$0")/lib.sh"

mkfifo fifo
expect_status 124 ipctl fifo listen --until-end -w 200ms fifo
expect_error 'no writer has opened it yet'
background ipctl fifo listen --until-end fifo >got
reader=$bg
exec 3>fifo
printf 'one\ntwo' >fifo
wait_until sh -c '[ -s got ]'
printf '\n' >&3
exec 3>&-
wait "$reader"
[ "$(cat got)" = 'one
two' ]
background ipctl fifo listen --until-end -c 5 fifo >got
reader=$bg
echo one >fifo
status=0
wait "$reader" || status=$?
[ "$status $(cat got)" = '3 one' ] || fail "status $status"
