#!/bin/sh
# shm write and create die of the signal that stops them while their input stalls; no new object is left.
. "$(dirname "$0")/lib.sh"

ipctl shm create /here 4M
mkfifo pipe
# True when what is in the pipe, descriptor 5, was read.
drained() {
    python3 -c 'import fcntl, sys, termios; sys.exit(any(fcntl.ioctl(5, termios.FIONREAD, bytes(4))))'
}
for signal in INT:130 TERM:143 HUP:129; do
    for command in 'write /here' 'write --grow /here' 'write --length 1K /here' 'write --decode hex /here' \
        'create /new -f -' 'create /new 1M -f -'; do
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl shm $command <pipe 2>errors"
        exec 5<>pipe
        echo 00 >&5
        wait_until drained
        kill "-${signal%:*}" "$bg"
        status=0
        timeout 20 tail -f /dev/null --pid="$bg" || fail "$command, SIG${signal%:*}: goes on"
        wait "$bg" || status=$?
        exec 5<&-
        [ $status = "${signal#*:}" ] || fail "$command, SIG${signal%:*}: status $status, $(cat errors)"
        expect_output here ls -A /dev/shm
    done
done
# What was written by then is told.
background env --default-signal sh -c 'exec ipctl shm write --length 2M /here <pipe 2>errors'
exec 5<>pipe
head -c 1M /dev/zero >&5
wait_until drained
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
exec 5<&-
[ $status = 143 ] || fail "status $status"
grep -qx 'ipctl: shm send: /here: a signal came; 1048576 bytes were written' errors || fail "$(cat errors)"
ipctl shm rm /here
