#!/bin/sh
# a signal ends send, whatever it waits for: a reader, room, a lock, input
. "$(dirname "$0")/lib.sh"

mkfifo fifo
ends() {
    sender=$bg
    wait_until catches_term "$sender"
    kill -TERM "$sender"
    status=0
    wait "$sender" || status=$?
    [ "$status" = 143 ] || fail "status $status: $*"
}
background ipctl fifo send fifo hello
ends reader
exec 3<>fifo
expect_status 3 ipctl fifo send -n --stream fifo </dev/zero
background ipctl fifo send fifo hello
ends room
exec 3>&-
exec 3<>fifo
if command -v flock >/dev/null; then
    flock 3
    background ipctl fifo send fifo hello
    ends lock
    flock -u 3
fi
mkfifo input
exec 4<>input
background ipctl fifo send fifo <input
ends input
expect_status 3 ipctl fifo recv -n fifo
