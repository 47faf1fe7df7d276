#!/bin/sh
# rm of a missing FIFO is status 4, and none with --force
. "$(dirname "$0")/lib.sh"

mkfifo fifo
expect_status 4 ipctl fifo rm missing fifo
expect_error 'missing: there is no such FIFO'
test ! -e fifo
expect_status 4 ipctl fifo rm nowhere/missing
expect_status 0 ipctl fifo rm --force missing nowhere/missing
[ ! -s "$err" ]
expect_status 2 ipctl fifo rm
