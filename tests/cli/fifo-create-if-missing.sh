#!/bin/sh
# --if-missing accepts a FIFO that has what was asked for, names what differs, and refuses what is no FIFO
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl fifo create --if-missing -m 640 fifo
expect_output '' ipctl fifo create --if-missing -m 640 fifo
expect_output '' ipctl fifo create --if-missing fifo
ln -s fifo link
expect_output '' ipctl fifo create --if-missing -m 640 link
expect_status 5 ipctl fifo create --if-missing -m 600 fifo
expect_error 'fifo: exists with other attributes: --mode is 0640, not 0600'
echo text >file
expect_status 5 ipctl fifo create --if-missing file
expect_error 'file: exists, and is a regular file, not a FIFO'
[ "$(cat file)" = text ]
expect_status 1 ipctl fifo create --if-missing .
expect_error 'names a directory'
