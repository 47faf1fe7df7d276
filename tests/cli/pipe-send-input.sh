#!/bin/sh
# pipe send without MSG sends standard input or --file, line by line; the last line needs no newline; nothing at all is no message
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
bytes() { ipctl pipe stat -q -b -o bytes --noheadings "$pipe" | tr -d ' '; }
printf 'a\n\nlast' | ipctl pipe send "$pipe"
[ "$(ipctl pipe recv -a -F '%c%s' "$pipe" | tr '\n' ' ')" = '1a 2 3last ' ] || fail "lines"
ipctl pipe send "$pipe" </dev/null
expect_status 3 ipctl pipe recv -n "$pipe"

printf 'x\ny\n' >file
ipctl pipe send -f file "$pipe"
ipctl pipe send -f - "$pipe" <file
expect_output 'x
y
x
y' ipctl pipe recv -a "$pipe"

# Separators of the input are those of the pipe.
printf 'a\nb\0c' | ipctl pipe send -0 "$pipe"
expect_output '6' ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
ipctl pipe recv -a -0 "$pipe" >got
printf 'a\nb\0c\0' | cmp - got
printf 'a, b, c' | ipctl pipe send -d ', ' "$pipe"
ipctl pipe recv -a -d ', ' "$pipe" >got
printf 'a, b, c, ' | cmp - got
printf '\3\0\0\0a\nb\0\0\0\0' | ipctl pipe send --length-prefix "$pipe"
expect_output '3 0' sh -c "ipctl pipe recv -a --length-prefix -F '%l ' -N $pipe | sed 's/ \$//'"

# Input that ends inside of a message with its length before it: what came whole is sent.
printf '\1\0\0\0a\5\0\0\0b' >./cut
expect_status 1 ipctl pipe send --length-prefix -f cut "$pipe"
expect_output a ipctl pipe recv -a --length-prefix -F '%s' -N "$pipe"

expect_status 1 ipctl pipe send -f missing "$pipe"
expect_error 'missing: '
expect_status 2 ipctl pipe send -f file "$pipe" message
expect_output 100000 sh -c "seq 100000 | ipctl pipe send fd:1 | tail -n 1"
