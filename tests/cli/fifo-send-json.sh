#!/bin/sh
# send -J tells how many messages were sent, also when it fails on one of them
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
expect_output '{"mechanism":"fifo","name":"fifo","sent":2}' ipctl fifo send -J fifo a b
expect_output '{"mechanism":"fifo","name":"fifo","sent":0}' ipctl fifo send -J fifo </dev/null
status=0
printf 'a\0b\nc\0' | ipctl fifo send -J -0 fifo >"$out" || status=$?
[ "$(cat "$out")" = '{"mechanism":"fifo","name":"fifo","sent":2}' ]
printf '%05000d\n' 1 >long
{ echo a; cat long; } >in
expect_status 1 ipctl fifo send -J -f in fifo
[ "$(cat "$out")" = '{"mechanism":"fifo","name":"fifo","sent":1}' ]
expect_error '1 message sent before it'
expect_status 3 ipctl fifo send -J -n --stream fifo </dev/zero
grep -qx '{"mechanism":"fifo","name":"fifo","bytes":[1-9][0-9]*}' "$out" || fail_command 'no number of bytes'
