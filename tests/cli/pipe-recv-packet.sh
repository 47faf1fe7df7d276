#!/bin/sh
# packets: what one write of a C program is, one message is, and the reverse; a C reader gets one with each read; empty ones are refused
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --packet)
# The end that is kept has O_DIRECT: who shares it writes packets.
ipctl pipe send --packet "$pipe" "$(printf 'a\nb')" c
ipctl pipe send --packet "$pipe" "$(printf '%4096s' x)"
expect_output '1 3
2 1
3 4096' ipctl pipe recv --packet -a -F '%c %l' "$pipe"
expect_status 1 ipctl pipe send --packet "$pipe" ''
expect_error 'a packet cannot be empty: pipe(2)'
expect_status 1 ipctl pipe send --packet "$pipe" "$(printf '%4097s' x)"
expect_error 'message is 4097 bytes, a packet has at most 4096 (PIPE_BUF)'
expect_status 3 ipctl pipe recv -n --packet "$pipe"
expect_status 124 ipctl pipe recv -w 50ms --packet "$pipe"

# Sixteen are in the pipe at most.
i=0
while [ $i -lt 16 ]; do
    i=$((i + 1))
    ipctl pipe send -n --packet "$pipe" $i
done
expect_status 3 ipctl pipe send -n --packet "$pipe" 17
expect_output 16 sh -c "ipctl pipe recv -a --packet $pipe | wc -l"

# With C programs.
expect_output '1: 10
2: 20
3: 4096' ipctl pipe run --packet -- pipe-io write 1 10 20 4096 ::: ipctl pipe listen --packet -F '%c: %l' fd:0
expect_output '3 h
5 w' ipctl pipe run --packet -- ipctl pipe send --packet fd:1 hey world ::: pipe-io read 0
expect_output '2 h' ipctl pipe run --packet -- ipctl pipe send --packet fd:1 hey ::: pipe-io read 0 2
# Each line of the input is one.
expect_output '1 a
2 b' sh -c 'printf "a\nbb\n" | ipctl pipe send --packet fd:1 | pipe-io read 0'
