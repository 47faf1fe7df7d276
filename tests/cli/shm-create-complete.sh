#!/bin/sh
# shm create -f: while its input is not complete, nobody but its owner may open the object, whatever mode it will have.
. "$(dirname "$0")/lib.sh"

mkfifo pipe
# True when what is in the pipe, descriptor 5, was read.
drained() {
    python3 -c 'import fcntl, sys, termios; sys.exit(any(fcntl.ioctl(5, termios.FIONREAD, bytes(4))))'
}
background sh -c 'exec ipctl shm create -m 0666 /new -f - <pipe'
exec 5>pipe
printf 'first half, ' >&5
wait_until drained
[ ! -e /dev/shm/new ] || expect_output 600 stat -c %a /dev/shm/new
printf 'second half' >&5
exec 5>&-
wait "$bg" || fail "status $?"
expect_output 666 stat -c %a /dev/shm/new
expect_output 'first half, second half' cat /dev/shm/new
ipctl shm rm /new
