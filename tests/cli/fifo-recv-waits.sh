#!/bin/sh
# recv waits for a writer, and for the end of a message that comes in pieces
. "$(dirname "$0")/lib.sh"

mkfifo fifo go
background ipctl fifo recv fifo >got
reader=$bg
exec 3>fifo
printf 'in ' >&3
wait_until sh -c "ipctl fifo stat -q --raw --noheadings -b -o bytes fifo | grep -qx 3"
test ! -s got
printf 'pieces\nrest' >&3
wait "$reader"
[ "$(cat got)" = 'in pieces' ]
