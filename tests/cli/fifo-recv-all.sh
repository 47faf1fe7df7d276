#!/bin/sh
# recv -a takes what is there now, then stops, also while a writer goes on and on
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'a\nb\nunfinished' >&3
expect_output 'a
b' ipctl fifo recv -a fifo
printf '\n' >&3
expect_output unfinished ipctl fifo recv -a -c 5 fifo
background sh -c 'exec yes >fifo' 3>&-
wait_until sh -c 'ipctl fifo stat -q --raw --noheadings -b -o bytes fifo | grep -qx 65536'
expect_status 0 timeout 60 ipctl fifo recv -a fifo
lines=$(wc -l <"$out")
[ "$lines" -ge 32768 ] && [ "$lines" -lt 70000 ] || fail "$lines lines"
