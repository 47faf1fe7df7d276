#!/bin/sh
# pipe send --decode: hexadecimal, base64 and quoted text become bytes; what is none is refused and nothing is sent
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
ipctl pipe send --decode hex "$pipe" 6162 'c3 a4'
ipctl pipe send --decode base64 "$pipe" eHl6
ipctl pipe send --decode quoted "$pipe" 'tab\tx\\\xff'
printf 'ab\n\303\244\nxyz\ntab\tx\\\377\n' >wanted
ipctl pipe recv -a "$pipe" >got
cmp wanted got
printf '61\n62' | ipctl pipe send --decode hex "$pipe"
expect_output 'a
b' ipctl pipe recv -a "$pipe"
# What it stands for counts, not what is written.
expect_status 1 ipctl pipe send --decode hex "$pipe" 61 620a63
expect_error 'holds a newline'
expect_status 3 ipctl pipe recv -n "$pipe"
expect_status 0 ipctl pipe send --decode hex -0 "$pipe" 620a63
expect_output '1 3' ipctl pipe recv -0 -N -F '%c %l' "$pipe"
for codec in hex base64 quoted; do
    expect_status 1 ipctl pipe send --decode $codec "$pipe" 'x\q!'
done
expect_status 3 ipctl pipe recv -n "$pipe"
