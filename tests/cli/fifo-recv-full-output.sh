#!/bin/sh
# what cannot be written to standard output is saved, and the next message stays
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'one\ntwo\n' >&3
expect_status 1 sh -c 'exec ipctl fifo recv -c 2 fifo >/dev/full'
expect_error 'standard output: No space left on device'
expect_error 'the message could not go back and is in'
file=$(sed -n 's/.*could not go back and is in //p' "$err")
[ "$(cat "$file")" = one ]
expect_output two ipctl fifo recv -n fifo
printf 'three\n' >&3
expect_status 1 sh -c 'exec ipctl fifo recv fifo >&-'
expect_error 'could not go back and is in'
