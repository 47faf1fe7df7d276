#!/bin/sh
# recv --journal: what was taken and not delivered is delivered by the next run, with --replay; a long message too
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'precious\nnext\n' >&3
# shellcheck disable=SC2016  # for the inner shell
expect_status 137 ipctl fifo listen --journal journal fifo -- sh -c 'kill -KILL $PPID'
expect_status 1 ipctl fifo recv --journal journal fifo
expect_error 'holds a message that an earlier run did not deliver; deliver first with --replay'
expect_output 'precious
next' ipctl fifo recv --journal journal --replay -c 2 fifo
expect_status 3 ipctl fifo recv -n --journal journal fifo
# Killed in the middle of a message that is longer than the FIFO.
background sh -c 'head -c 100000 /dev/zero | tr "\0" x >fifo'
writer=$bg
background ipctl fifo recv --journal journal fifo
reader=$bg
wait "$writer"
wait_until sh -c 'ipctl fifo stat -q --raw --noheadings -b -o bytes fifo | grep -qx 34464'
kill -KILL "$reader"
wait "$reader" || :
echo >&3
ipctl fifo recv -a --journal journal --replay fifo >got 2>errors
grep -q 'message 1 was being taken when ipctl was killed' errors || fail "$(cat errors)"
[ "$(tr -d '\n' <got | wc -c)" = 100000 ] || fail "$(wc got) $(cat errors)"
