#!/bin/sh
# a note tells of bytes that are lost because nobody else has the FIFO open
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background ipctl fifo recv fifo >got 2>errors
reader=$bg
background fifo-hold fifo r >held
wait_until sh -c "ls -l /proc/$reader/fd | grep -q '/fifo$'"
exec 3>fifo
wait_until test -s held
kill -STOP "$reader"
printf 'one\ntwo\n' >&3
exec 3>&-
kill -CONT "$reader"
wait "$reader"
[ "$(cat got)" = one ]
grep -q 'fifo: 4 bytes are left, and no writer: they are gone when the last reader is' errors || fail "$(cat errors)"
expect_output two ipctl fifo recv -n fifo
[ ! -s "$err" ] || fail_command 'a note'
