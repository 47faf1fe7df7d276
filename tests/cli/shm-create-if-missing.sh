#!/bin/sh
# shm create --if-missing: an object that exists is accepted with the same attributes, else those that differ are named.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl shm create --if-missing -m 0640 /here 100
expect_output '640 100' stat -c '%a %s' /dev/shm/here
shm-put /here 0 kept
expect_output '' ipctl shm create --if-missing -m 0640 /here 100
expect_output '' ipctl shm create --if-missing /here 100
expect_output '' ipctl shm create --if-missing --owner "$(id -u):$(id -g)" /here 100

differs() {
    expect_status 5 ipctl shm create --if-missing "$@"
    expect_error '/here: exists with other attributes'
}
differs /here 101
expect_error 'SIZE is 100, not 101'
! grep -q mode "$err" || fail "names an attribute that is the same"
differs --mode 0600 /here 100
expect_error '--mode is 0640, not 0600'
differs --mode 0600 /here 1K
expect_error 'SIZE is 100, not 1024'
expect_error '--mode is 0640, not 0600'
differs --owner 4321:1234 /here 100
expect_error 'owner is'
expect_error 'group is'
expect_output kept shm-get /here 0 4
ipctl shm rm /here

mkfifo /dev/shm/here
expect_status 5 ipctl shm create --if-missing /here 0
expect_error fifo
rm /dev/shm/here
