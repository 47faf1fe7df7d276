#!/bin/sh
# who reads ipctl's output leaves: nothing more is taken from the FIFO
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'one\n' >&3
mkfifo output
background sh -c 'exec ipctl fifo listen fifo >output'
reader=$bg
exec 4<output
read -r line <&4
[ "$line" = one ]
exec 4<&-
status=0
wait "$reader" || status=$?
[ "$status" = 141 ] || fail "status $status"
printf 'two\n' >&3
expect_output two ipctl fifo recv -n fifo
