#!/bin/sh
# A new object that fails to be made is taken away again, but not one that somebody else put under its name meanwhile.
. "$(dirname "$0")/lib.sh"

mkfifo pipe
background sh -c 'exec ipctl shm create /new 10 -f - <pipe 2>errors'
exec 5>pipe
printf 1234567890 >&5
drained() {
    python3 -c 'import fcntl, sys, termios; sys.exit(any(fcntl.ioctl(5, termios.FIONREAD, bytes(4))))'
}
wait_until drained
rm -f /dev/shm/new
shm-make /new 3
shm-put /new 0 own
printf 'too long' >&5
exec 5>&-
status=0
wait "$bg" || status=$?
[ $status = 1 ] || [ $status = 5 ] || fail "status $status: $(cat errors)"
expect_output own cat /dev/shm/new
rm /dev/shm/new
