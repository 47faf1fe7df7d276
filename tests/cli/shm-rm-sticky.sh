#!/bin/sh
# shm rm of another user's object: status 1, and the reason is the owner's right, whatever the object's mode; others are removed.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs an object of another user"
shm-make /theirs 10 666
expect_status 0 as_nobody ipctl shm create /mine 10
expect_status 1 as_nobody ipctl shm rm /theirs /mine
expect_error '/theirs: permission denied'
expect_error owner
expect_output theirs ls /dev/shm
expect_status 1 as_nobody ipctl shm rm --force /theirs
expect_status 1 as_nobody ipctl shm rm /none /theirs
expect_status 1 as_nobody ipctl shm copy --force /theirs /theirs
expect_output theirs ls -A /dev/shm
expect_output '' ipctl shm rm /theirs
