#!/bin/sh
# shm run: CMD's status is passed on; 127 and 126 for what cannot be run, 4 for no object, 125 for what else keeps ipctl from it.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

shm-make /here 10
for status in 0 1 3 4 125 255; do
    expect_status $status ipctl shm run /here -- sh -c "exit $status"
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
done
expect_status 143 sh -c 'ipctl shm run /here -- sh -c "kill \$\$"'
expect_status 127 ipctl shm run /here -- no-such-command
expect_error no-such-command
expect_status 127 ipctl shm run /here -- ./none
echo 'echo ran' >file
expect_status 126 ipctl shm run /here -- ./file
expect_error file
expect_status 126 ipctl shm run /here -- .
chmod 755 file
expect_output ran ipctl shm run /here -- ./file
expect_status 4 ipctl shm run /none -- echo ran
expect_error '/none: no such object'
[ ! -s "$out" ] || fail "ran the command"
mkdir /dev/shm/directory
expect_status 125 ipctl shm run /directory -- echo ran
expect_error '/directory: '
[ ! -s "$out" ] || fail "ran the command"
rmdir /dev/shm/directory
expect_status 2 ipctl shm run /here
expect_error CMD
expect_status 2 ipctl shm run /here --
expect_status 2 ipctl shm run
ipctl shm rm /here
