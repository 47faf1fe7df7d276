#!/bin/sh
# listen --create makes the FIFO, with its mode, and removes it at the end, whatever that is; one that was there stays
. "$(dirname "$0")/lib.sh"

umask 077
background ipctl fifo listen --create -m 0622 -c 1 fifo >got
wait_until test -p fifo
[ "$(stat -c %a fifo)" = 622 ]
echo hello >fifo
wait "$bg"
[ "$(cat got)" = hello ] && [ ! -e fifo ] || fail "$(ls -l)"
for signal in TERM HUP USR2; do
    background ipctl fifo listen --create fifo
    wait_until test -p fifo
    kill -$signal "$bg"
    wait "$bg" && fail 'not ended by the signal'
    [ ! -e fifo ] || fail "left after SIG$signal"
done
expect_status 124 ipctl fifo listen --create -w 100ms fifo
expect_status 127 ipctl fifo listen --create fifo -- ./no-such-command
mkdir journal && echo x >journal/slot-0
expect_status 1 ipctl fifo listen --create --journal journal fifo
[ ! -e fifo ] || fail 'left after an error'
mkfifo -m 600 fifo
expect_status 124 ipctl fifo listen --create -w 100ms fifo
test -p fifo
expect_status 5 ipctl fifo listen --create -m 0640 -w 100ms fifo
expect_error '--mode is 0600, not 0640'
rm fifo
# Another file that has the name by then is left alone.
background ipctl fifo listen --create fifo
wait_until test -p fifo
rm fifo
echo text >fifo
kill "$bg"
wait "$bg" || :
[ "$(cat fifo)" = text ]
expect_status 5 ipctl fifo listen --create fifo
