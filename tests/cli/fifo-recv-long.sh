#!/bin/sh
# a message that is longer than the FIFO holds is taken in parts, whatever its framing
. "$(dirname "$0")/lib.sh"

mkfifo fifo
body=$(head -c 300000 /dev/zero | tr '\0' m)
received() {
    background sh -c 'cat >fifo' <message
    expect_output "$wanted" ipctl fifo recv "$@" -F '%l' fifo
    wait "$bg"
}
wanted=300000
printf '%s\n' "$body" >message
received
received --journal journal
printf '%s\0' "$body" >message
received -0 -N
printf '%s-end-' "$body" >message
received -d -end- -N
printf '\340\223\4\0%s' "$body" >message
received --length-prefix -N
printf '%s' "$body" >message
received
# In a FIFO of one page that holds one byte in each write.
background fifo-hold fifo rw 4096 >held
wait_until test -s held
printf '%s\n' "$body" >message
received
printf '\340\223\4\0%s' "$body" >message
received --length-prefix -N --journal journal
background fifo-packets fifo a b c d e f - e n d - x
expect_output abcdef ipctl fifo recv -d -end- -N fifo
expect_output x ipctl fifo recv -d x -N -F 'x' fifo
