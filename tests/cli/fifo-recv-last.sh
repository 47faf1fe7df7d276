#!/bin/sh
# what the last writer left unfinished is a message; with --length-prefix it is an error, and saved
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background ipctl fifo recv -c 2 fifo >got
reader=$bg
printf 'one\ntwo' >fifo
wait "$reader"
[ "$(cat got)" = 'one
two' ]
background ipctl fifo recv --length-prefix fifo >got 2>errors
reader=$bg
printf '\12\0\0\0half' >fifo
status=0
wait "$reader" || status=$?
[ "$status" = 1 ] || fail "status $status"
grep -q 'fifo: the writers left in the middle of a message: 8 bytes of it are there' errors || fail "$(cat errors)"
file=$(sed -n 's/.*8 bytes of a message whose end did not come; they are in //p' errors)
printf '\12\0\0\0half' | cmp - "$file"
[ ! -s got ]
