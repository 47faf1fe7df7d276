#!/bin/sh
# pipe send --to a CMD that reads nothing, or ends before it has read all: told, with the status of CMD, or 1 where that is 0
. "$(dirname "$0")/lib.sh"

seq 100000 >in
expect_status 1 sh -c 'ipctl pipe send --to true <in'
expect_error 'pipe send: true: no reader has it open any more: the message was not sent'
expect_status 7 sh -c 'ipctl pipe send --to "exit 7" <in'
expect_error 'no reader has it open any more'
expect_status 1 sh -c '{ ipctl pipe send --to "head -n 1"; status=$?; cat >rest; exit $status; } <in'
expect_printed 1
# What was not sent is still there for the next reader of a file.
tail -n "$(wc -l <rest)" in | cmp - rest
expect_status 1 sh -c 'ipctl pipe send --stream --to "head -n 1" <in'
expect_error 'bytes were sent'
# One that does not read, but need not: it fits into the pipe.
expect_output "done" ipctl pipe send --to 'sleep 0.1; echo done' x
