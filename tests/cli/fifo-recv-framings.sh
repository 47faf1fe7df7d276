#!/bin/sh
# recv with each framing: any bytes, NULs, empty messages, and marks of several bytes that come in pieces
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'a\nb\0\0\0c\0' >&3
ipctl fifo recv -0 -c 3 fifo | od -An -c >got
printf 'a\nb\0\0\0' | od -An -c | cmp - got
expect_output 63 ipctl fifo recv -0 -N --encode hex fifo
printf '1-2--3---4--' >&3
expect_output '1-2--3---4--' ipctl fifo recv -c 3 --delimiter=-- fifo
printf '\3\0\0\0a\nb\0\0\0\0\1\0\0\0c' >&3
ipctl fifo recv --length-prefix -c 3 fifo >got
printf '\3\0\0\0a\nb\0\0\0\0\1\0\0\0c' | cmp - got
background ipctl fifo recv -d '\r\n' -N fifo >got
printf 'half\r' >&3
wait_until sh -c 'ipctl fifo stat -q --raw --noheadings -b -o bytes fifo | grep -qx 5'
printf '\nrest' >&3
wait "$bg"
[ "$(cat got)" = half ]
