#!/bin/sh
# send --packet: each message is what one read(2) gets
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
ipctl fifo send --packet fifo one 'two
lines'
printf 'a\nb' | ipctl fifo send --packet fifo
packet() { dd bs=4096 count=1 2>/dev/null <&3; }
[ "$(packet)" = one ]
[ "$(packet)" = "$(printf 'two\nlines')" ]
[ "$(packet)$(packet)" = ab ]
long=$(printf '%04096d' 0)
ipctl fifo send --packet fifo "$long" end
[ "$(packet)" = "$long" ]
[ "$(packet)" = end ]
expect_status 2 ipctl fifo send --packet --lock fifo x
