#!/bin/sh
# what would be read as another message is refused before the FIFO is opened: nobody waits, and no reader sees a writer
. "$(dirname "$0")/lib.sh"

mkfifo fifo
refused() {
    expect_status 1 "$@"
    expect_error "$pattern"
}
two=$(printf 'a\nb')
pattern='fifo: the message holds a newline, which ends a message: use --null, --delimiter or --length-prefix'
refused ipctl fifo send fifo good "$two"
pattern='the message holds a--b, which ends a message'
refused ipctl fifo send -d a--b fifo 1a--b2
pattern='message is 4096 bytes, and only 4095 are written whole (PIPE_BUF 4096, with what ends the message)'
refused ipctl fifo send fifo "$(printf '%04096d' 0)"
pattern='message is 4093 bytes, and only 4092 are written whole'
refused ipctl fifo send --length-prefix fifo "$(printf '%04093d' 0)"
pattern='a packet cannot be empty'
refused ipctl fifo send --packet fifo ''
pattern='message is 4097 bytes, a packet has at most 4096 (PIPE_BUF)'
refused ipctl fifo send --packet fifo "$(printf '%04097d' 0)"
background ipctl fifo send -0 fifo "$two"
expect_output "$two" ipctl fifo recv -0 -N fifo
wait "$bg"
