#!/bin/sh
# shm create and ls where /dev/shm may not be written to, may not be listed, or is not there: an error that says so.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs another user"
shm-make /here 4 644
chmod 755 /dev/shm
expect_status 1 as_nobody ipctl shm create /new 10
expect_error '/dev/shm'
expect_error 'permission denied'
expect_status 1 as_nobody ipctl shm copy /here /copy
chmod 711 /dev/shm
expect_status 1 as_nobody ipctl shm ls
expect_error '/dev/shm: *Permission denied'
expect_status 0 as_nobody ipctl shm read /here
chmod 1777 /dev/shm
rm /dev/shm/here
