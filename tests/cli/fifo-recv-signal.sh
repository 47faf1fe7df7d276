#!/bin/sh
# a signal ends a reader that waits, before it has taken anything
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
for signal in TERM HUP USR1 INT; do
    printf 'unfinished' >&3
    background env --default-signal=INT ipctl fifo recv fifo
    wait_until grep -q '^State:.S' "/proc/$bg/status"
    wait_until catches_term "$bg"
    kill -$signal "$bg"
    status=0
    wait "$bg" || status=$?
    [ "$(kill -l "$status")" = "$signal" ] || fail "$signal: status $status"
    printf '\n' >&3
    expect_output unfinished ipctl fifo recv -n fifo
done
