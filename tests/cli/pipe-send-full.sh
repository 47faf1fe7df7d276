#!/bin/sh
# pipe send to a full pipe: -n is status 3, -w is 124; no message is in it in part, and input that was not sent is not lost
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --capacity 4096)
ipctl pipe send "$pipe" "$(printf '%3000s' a)"
expect_status 3 ipctl pipe send -n "$pipe" "$(printf '%2000s' b)" never
expect_error "$pipe: is full; 0 messages sent"
expect_status 124 ipctl pipe send -w 50ms "$pipe" "$(printf '%2000s' b)"
expect_error "$pipe: timed out; 0 messages sent"
expect_output 3001 ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
expect_status 3 ipctl pipe send -n "$pipe" small "$(printf '%2000s' b)" never
expect_error 'is full; 1 message sent'
expect_output '1 3000
2 5' ipctl pipe recv -a -F '%c %l' "$pipe"

# A file stays where the last message that was sent ended; what came through a pipe is saved.
seq 10000 >input
expect_status 3 sh -c "status=0; { ipctl pipe send -n $pipe || status=\$?; cat >rest; } <input; exit \$status"
ipctl pipe recv -a "$pipe" >sent
[ -s sent ] && [ -s rest ] || fail "all or nothing"
cat sent rest | cmp - input
expect_status 3 sh -c "cat input | ipctl pipe send -n $pipe"
expect_error 'bytes of input were read and not sent; they are in '
saved=$(find .home/state/ipctl -name 'pipe-*-unsent-*')
ipctl pipe recv -a "$pipe" | cat - "$saved" >both
head -c "$(wc -c <both)" input | cmp - both

# Somebody makes room: it goes on.
ipctl pipe send "$pipe" "$(printf '%4000s' a)"
background ipctl pipe send "$pipe" "$(printf '%4000s' b)"
blocked() { ipctl pipe stat -q -o blocked --noheadings "$pipe" | grep -q "$bg"; }
wait_until blocked
expect_output 4000 ipctl pipe recv -F %l "$pipe"
wait "$bg"
expect_output 4000 ipctl pipe recv -F %l "$pipe"
