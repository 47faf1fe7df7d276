#!/bin/sh
# create: what makes no sense is status 2, and makes nothing
. "$(dirname "$0")/lib.sh"

expect_status 2 ipctl fifo create -x --if-missing fifo
expect_error '--exclusive and --if-missing exclude each other'
expect_status 2 ipctl fifo create -m 999 fifo
expect_status 2 ipctl fifo create
expect_status 2 ipctl fifo create one two
expect_status 2 ipctl fifo run fifo
expect_error "'ipctl fifo listen PATH -- CMD' runs CMD for each message"
test ! -e fifo
