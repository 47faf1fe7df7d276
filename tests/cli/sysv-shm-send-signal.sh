#!/bin/sh
# sysv-shm write dies of the signal that stops it while its input stalls; nothing is written, or it is told how much.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 4194304 600)
sysv-shm-put "$id" 0 untouched
mkfifo pipe
# True when what is in the pipe, descriptor 5, was read.
drained() {
    python3 -c 'import fcntl, sys, termios; sys.exit(any(fcntl.ioctl(5, termios.FIONREAD, bytes(4))))'
}
for signal in INT:130 TERM:143 HUP:129; do
    for options in '' '--decode hex' '--offset 100'; do
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl sysv-shm write 0x2a $options <pipe 2>errors"
        exec 5<>pipe
        echo 00 >&5
        wait_until drained
        kill "-${signal%:*}" "$bg"
        status=0
        timeout 20 tail -f /dev/null --pid="$bg" || fail "$options, SIG${signal%:*}: goes on"
        wait "$bg" || status=$?
        exec 5<&-
        [ $status = "${signal#*:}" ] || fail "$options, SIG${signal%:*}: status $status, $(cat errors)"
        expect_output 'untouched 0' sh -c "sysv-shm-get $id 0 9; ipctl sysv-shm stat --raw --noheadings -o attached $id | sed 's/^/ /'"
    done
done
# What was written by then is told.
background env --default-signal sh -c 'exec ipctl sysv-shm write --length 2M 0x2a <pipe 2>errors'
exec 5<>pipe
head -c 1M /dev/zero >&5
wait_until drained
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
exec 5<&-
[ $status = 143 ] || fail "status $status"
grep -qx "ipctl: sysv-shm send: $id: a signal came; 1048576 bytes were written" errors || fail "$(cat errors)"
ipctl sysv-shm rm "$id"
