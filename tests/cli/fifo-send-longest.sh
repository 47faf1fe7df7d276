#!/bin/sh
# a message of PIPE_BUF bytes with its mark is one write(2), even where only one page is free
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-hold fifo rw 4096 >held
wait_until test -s held
line=$(printf '%04095d' 0)
ipctl fifo send -n fifo "$line"
expect_output "$line" ipctl fifo recv -n fifo
ipctl fifo send -n --length-prefix fifo "$(printf '%04092d' 0)"
expect_output 4092 ipctl fifo recv -n --length-prefix -N -F '%l' fifo
if ! command -v strace >/dev/null; then skip "strace is not installed"; fi
if grep -q __asan_init "$ipctl"; then skip "LeakSanitizer does not work under strace"; fi
strace -f -o calls -e trace=pwritev2,write,writev ipctl fifo send fifo "$line"
[ "$(grep -c '= 4096$' calls)" = 1 ] || fail "$(cat calls)"
expect_output "$line" ipctl fifo recv -n fifo
