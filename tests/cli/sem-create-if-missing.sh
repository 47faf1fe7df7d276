#!/bin/sh
# sem create --if-missing: one with the same attributes is accepted and keeps its value, else those that differ are named.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl sem create --if-missing --value 4 -m 0640 /here
expect_output 640 stat -c %a /dev/shm/sem.here
expect_output 4 sem-op /here value
sem-op /here trywait
# A value is what it is now: some may be taken.
expect_output '' ipctl sem create --if-missing --value 4 -m 0640 /here
expect_output '' ipctl sem create --if-missing /here
expect_output '' ipctl sem create --if-missing --owner "$(id -u):$(id -g)" /here
expect_output 3 sem-op /here value

expect_status 5 ipctl sem create --if-missing -m 0600 /here
expect_error '/here: exists with other attributes'
expect_error '--mode is 0640, not 0600'
! grep -q owner "$err" || fail "names an attribute that is the same"
expect_status 5 ipctl sem create --if-missing --mode 0600 --owner 4321:1234 /here
expect_error '--mode is 0640'
expect_error 'owner is'
expect_error 'group is'
expect_output 3 sem-op /here value
ipctl sem rm /here
