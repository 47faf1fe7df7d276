#!/bin/sh
# pipe send --lock: messages longer than PIPE_BUF, and than the pipe, from several writers at once stay whole among short ones
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --capacity 4096)
long() { printf "%${1}s" '' | tr ' ' "$2"; }
writers=
for letter in a b c; do
    for size in 5000 70000; do long $size $letter; echo; done >"in.$letter"
    background ipctl pipe send --lock -f "in.$letter" "$pipe"
    writers="$writers $bg"
done
# Without the option, short ones stay out of the long ones as well.
for i in 1 2 3 4 5 6 7 8 9; do echo "short $i"; done >in.short
background ipctl pipe send -f in.short "$pipe"
writers="$writers $bg"
ipctl pipe recv -c 15 "$pipe" >got
for pid in $writers; do wait "$pid"; done
sort got >sorted
sort in.* | cmp - sorted
expect_status 3 ipctl pipe recv -n "$pipe"

# With its length before it, and in one argument.
ipctl pipe send --lock --length-prefix "$pipe" "$(long 3000 x)" &
ipctl pipe recv --length-prefix -N -F '%l\n' "$pipe" >got
wait
expect_output 3000 cat got
# Two programs at once, of which one is stopped in the middle: the lock goes with it.
background ipctl pipe send --lock "$pipe" "$(long 9000 y)"
writing() { [ "$(ipctl pipe stat -q -b -o bytes --noheadings "$pipe")" = 4096 ]; }
wait_until writing
expect_status 124 ipctl pipe send -w 50ms "$pipe" other
kill -KILL "$bg"
wait "$bg" || :
ipctl pipe recv -n --stream "$pipe" >half || [ $? = 3 ]
expect_output 4096 sh -c 'wc -c <half'
expect_status 0 ipctl pipe send -w 10 "$pipe" other
expect_output other ipctl pipe recv "$pipe"

expect_output 4096 ipctl pipe stat -q -b -o capacity --noheadings "$pipe"
# Time runs out in the middle: the message says how much is written.
expect_status 124 ipctl pipe send --lock -w 100ms "$pipe" "$(long 9000 z)"
expect_error 'timed out in the middle of a message: 4096 of its 9001 bytes are written'
expect_status 1 ipctl pipe send --lock -n "$pipe" "$(long 9000 z)"
expect_error '--nonblock cannot send it'
