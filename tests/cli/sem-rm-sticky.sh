#!/bin/sh
# sem rm of another user's semaphore: status 1, and the reason is the owner's right, whatever its mode; others are removed.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a semaphore of another user"
sem-make /theirs 1 0666
sem-make /closed 1 0600
expect_status 0 as_nobody ipctl sem create /mine
expect_status 1 as_nobody ipctl sem rm /theirs /mine /closed
expect_error '/theirs: permission denied'
expect_error '/closed: permission denied'
expect_error owner
expect_output 'sem.closed sem.theirs' sh -c 'ls /dev/shm | xargs'
expect_status 1 as_nobody ipctl sem rm --force /theirs
expect_status 1 as_nobody ipctl sem rm /none /theirs
expect_output '' as_nobody ipctl sem post /theirs
expect_output '' ipctl sem rm /theirs /closed
