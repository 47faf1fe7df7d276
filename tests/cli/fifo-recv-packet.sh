#!/bin/sh
# recv --packet: each packet is a message, whatever bytes it has; those of a C program too
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
fifo-packets fifo one "$(printf 'two\nlines')" x
expect_output '3 one
9 $'\''two\nlines'\''
1 x' ipctl fifo recv --packet -c 3 -F '%l %q' fifo
ipctl fifo send --packet fifo a b
ipctl fifo recv -a --packet -0 fifo | od -An -c >got
printf 'a\0b\0' | od -An -c | cmp - got
fifo-packets fifo "$(printf '%04096d' 0)"
expect_output 4096 ipctl fifo recv --packet --max-size 10 --journal journal -F %l fifo
exec 3>&-
background ipctl fifo listen --packet -c 2 fifo >got
reader=$bg
fifo-packets fifo first
fifo-packets fifo second
wait "$reader"
[ "$(cat got)" = 'first
second' ]
