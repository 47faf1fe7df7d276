#!/bin/sh
# A shm name that begins with '-' stands after '--' or has its slash; without, it is taken for an option.
. "$(dirname "$0")/lib.sh"

expect_status 2 ipctl shm create -dash 10
expect_error 'unknown option'
expect_status 0 ipctl shm create -- -dash 10
[ -e /dev/shm/-dash ] || fail "/-dash is not there"
expect_status 0 ipctl shm send -- -dash --data
expect_output '--data' shm-get /-dash 0 6
expect_output '--data' ipctl shm recv --length 6 -- -dash
expect_status 0 ipctl shm resize -- -dash 6
expect_output '--data' ipctl shm run /-dash -- sh -c 'cat <&3'
expect_status 0 ipctl shm copy -- -dash /-other
expect_status 0 ipctl shm copy -- -dash -file
cmp -- -file /dev/shm/-other
expect_status 0 ipctl shm rm -- -dash /-other
