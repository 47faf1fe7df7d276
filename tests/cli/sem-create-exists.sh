#!/bin/sh
# sem create of a semaphore that exists is status 5, with -x and without, and changes nothing about it.
. "$(dirname "$0")/lib.sh"

sem-make /here 4 0640
for command in 'create /here' 'create here' 'create -x -m 0600 --value 9 /here' 'create --exclusive //here --value 0'; do
    # shellcheck disable=SC2086  # words
    expect_status 5 ipctl sem $command
    expect_error '/here: the semaphore exists'
    expect_error --if-missing
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_status 2 ipctl sem create -x --if-missing /here
expect_error exclusive
expect_output '4' sem-op /here value
expect_output '640 32' stat -c '%a %s' /dev/shm/sem.here
expect_output sem.here ls -A /dev/shm
expect_output '' ipctl sem rm /here
