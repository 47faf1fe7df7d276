#!/bin/sh
# fifo stat: what is no FIFO is named for what it is; a missing one is status 4
. "$(dirname "$0")/lib.sh"

: >file
mkdir directory
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
for what in 'file:a regular file' 'directory:a directory' 'socket:a socket' '/dev/null:a character device'; do
    expect_status 1 ipctl fifo stat "${what%%:*}"
    expect_error "${what%%:*}: is no FIFO, but ${what#*:}"
done
expect_status 4 ipctl fifo stat missing
expect_error 'missing: no such FIFO (ipctl fifo ls lists those in use)'
expect_status 4 ipctl fifo stat ''
ln -s loop loop
expect_status 1 ipctl fifo stat loop
expect_error 'Too many levels of symbolic links'
mkfifo fifo
expect_status 4 ipctl fifo stat -q --noheadings -o name missing fifo
[ "$(cat "$out")" = fifo ]
if [ "$root" = yes ]; then
    mkdir -m 700 closed
    mkfifo closed/fifo
    expect_status 1 as_nobody ipctl fifo stat closed/fifo
    expect_error 'closed/fifo: *ermission denied'
fi
