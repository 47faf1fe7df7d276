#!/bin/sh
# a message longer than the pipe arrives whole, and takes no byte more; one longer than --max-size is refused
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --capacity 4096)
end=/proc/${pipe%:*}/fd/${pipe#*:}
python3 -c 'import random; print("".join(random.choices("abcdefghijklm", k=300000)))' >long
{ cat long; echo next; } >in
background sh -c "exec cat in >$end"
expect_status 0 ipctl pipe recv "$pipe"
cmp "$out" long
expect_output next ipctl pipe recv "$pipe"
# Its mark lies across what the pipe holds at once, wherever that ends.
for size in 4093 4094 4095 4096 4097 8191 8192; do
    { printf "%${size}s" x; printf '<>next<>'; } >in
    background sh -c "exec cat in >$end"
    expect_output "$size" ipctl pipe recv -d '<>' -N -F '%l' "$pipe"
    expect_output next ipctl pipe recv -d '<>' -N "$pipe"
    wait "$bg"
done
{ printf '\240\206\1\0%100000s' x; printf '\1\0\0\0y'; } >in
background sh -c "exec cat in >$end"
expect_output 100000 ipctl pipe recv --length-prefix -N -F '%l' "$pipe"
expect_output y ipctl pipe recv --length-prefix -N -F '%s' "$pipe"
wait "$bg"

# More than is taken: in the pipe it stays as long as it can.
echo 123456 >"$end"
expect_status 1 ipctl pipe recv --max-size 5 "$pipe"
expect_error 'a message is 6 bytes, more than the 5 that are taken (--max-size), or its end is not marked as expected'
expect_output 123456 ipctl pipe recv --max-size 6 "$pipe"
printf '\1\0\0\200abc' >"$end"
expect_status 1 ipctl pipe recv --length-prefix "$pipe"
expect_error 'a message is 2147483649 bytes, more than the 1048576'
expect_output 7 ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
ipctl pipe recv --stream -n "$pipe" >rest || [ $? = 3 ]

# The end does not come: what was taken of it is saved, whole.
head -c 10000 long >part
background sh -c "exec cat part >$end"
expect_status 124 ipctl pipe recv -w 1 "$pipe"
expect_error 'bytes of a message whose end did not come; they are in '
wait "$bg" || :
ipctl pipe recv --stream -n "$pipe" >rest || [ $? = 3 ]
cat "$(find .home/state/ipctl -name '*unfinished*')" rest | cmp - part
rm -r .home/state
background sh -c "exec cat part >$end"
expect_status 1 ipctl pipe recv --max-size 5000 "$pipe"
expect_error 'more than the 5000 that are taken'
ipctl pipe recv --stream -w 300ms "$pipe" >rest || [ $? = 124 ]
wait "$bg"
cat "$(find .home/state/ipctl -name '*unfinished*')" rest | cmp - part
