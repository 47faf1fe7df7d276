#!/bin/sh
# a FIFO that one may not write or read: the error tells owner and mode
. "$(dirname "$0")/lib.sh"

if [ "$root" != yes ]; then skip "only root can become another user"; fi
mkfifo -m 0640 fifo
expect_status 1 as_nobody ipctl fifo send -n fifo x
expect_error 'fifo: permission to write denied: it belongs to root and has mode 0640'
expect_status 1 as_nobody ipctl fifo recv -n fifo
expect_error 'fifo: permission to read denied: it belongs to root and has mode 0640'
chmod 0622 fifo
expect_status 3 as_nobody ipctl fifo send -n fifo x
background as_nobody ipctl fifo send -w 20 fifo hello
expect_output hello ipctl fifo recv -w 20 fifo
wait "$bg"
mkdir -m 700 closed
mkfifo closed/fifo
expect_status 1 as_nobody ipctl fifo send -n closed/fifo x
expect_error 'Permission denied'
