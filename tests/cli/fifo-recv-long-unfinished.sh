#!/bin/sh
# the beginning of a long message whose end does not come in time is saved; who does not wait takes nothing of it
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
background sh -c 'head -c 100000 /dev/zero >fifo'
wait_until sh -c 'ipctl fifo stat -q --raw --noheadings -b -o bytes fifo | grep -qx 65536'
expect_status 3 ipctl fifo recv -n fifo
expect_error 'the end of a message has not come yet'
expect_status 3 ipctl fifo recv -a fifo
expect_status 124 ipctl fifo recv -w 1 fifo
file=$(sed -n 's/.*: \([0-9]*\) bytes of a message whose end did not come; they are in //p' "$err")
rest=$(ipctl fifo stat -q --raw --noheadings -b -o bytes fifo)
wait "$bg" || :
[ "$(wc -c <"$file")" -ge 65536 ] || fail "$file: $(wc -c <"$file")"
case $file in */fifo-fifo-unfinished-*) ;; *) fail "$file" ;; esac
