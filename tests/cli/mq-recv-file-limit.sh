#!/bin/sh
# A file size limit (RLIMIT_FSIZE, SIGXFSZ) is an error of the write like any other: the message stays in the queue.
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
mq-send /q 7 "$(printf '%04000d' 0)"
expect_status 1 sh -c 'ulimit -f 1; exec ipctl mq recv /q >file'
expect_error 'File too large'
expect_status 125 sh -c 'ulimit -f 1; exec ipctl mq listen -c 1 /q -- cat'
expect_error 'the message went back to /q'
expect_output '7 4000' ipctl mq recv -n -F '%p %l' /q
ipctl mq rm /q
