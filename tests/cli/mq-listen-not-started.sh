#!/bin/sh
# mq listen -- CMD when the system can start no process: status 125, and the message is back in the queue.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "root is to set a limit for another user"
mq-make /q 3 10 0666
install -m 755 "$(command -v ipctl)" .bin/ipctl
mq-send /q 3 kept
# The leak checker starts a process too.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
for jobs in 1 3; do
    expect_status 125 as_nobody prlimit --nproc=1 .bin/ipctl mq listen -j $jobs /q -- true
    expect_error true
    expect_error 'back to /q'
    expect_output '3 4 kept' mq-recv -n /q
    mq-send /q 3 kept
done
mq-recv /q >/dev/null
ipctl mq rm /q
