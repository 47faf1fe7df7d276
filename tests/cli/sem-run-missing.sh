#!/bin/sh
# sem run with a semaphore that is missing, or none: CMD does not run; status 4 for missing, 125 for what else stops ipctl.
. "$(dirname "$0")/lib.sh"

shm-make /m 64
mkdir directory
echo text >/dev/shm/sem.stray
missing() {
    expect_status "$1" ipctl sem run "$2" -- touch ran
    expect_error "$3"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e ran ] || fail "the command ran"
}
missing 4 /none '/none: no such semaphore'
missing 4 shm:/none+8 'none: '
missing 4 file:none+8 'none'
missing 125 /stray '/stray: is no semaphore'
missing 125 shm:/m+32 'shm:/m+32: is no semaphore'
missing 125 shm:/m+64 'beyond the end'
missing 125 file:directory+0 'directory'
missing 2 shm:/m+3 'multiple of 8'
expect_output text cat /dev/shm/sem.stray
rm /dev/shm/m /dev/shm/sem.stray
