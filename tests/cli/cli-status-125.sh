#!/bin/sh
# no process can be started for CMD: status 125, and the message is back in the queue
. "$(dirname "$0")/lib.sh"

ipctl mq create -m 0666 /q
ipctl mq send /q kept
# The limit counts the processes of the user, so the first one is one too many.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"  # looking for leaks takes another process
nobody_prepare ipctl
expect_status 125 as_nobody prlimit --nproc=0 "$nobody_program" mq listen -c 1 /q -- true
expect_error 'true: cannot be started: '
expect_output '0 4 kept' mq-recv /q
ipctl mq rm /q
