#!/bin/sh
# shm stat where the users of an object are in another pid namespace: nobody is seen, so it is unknown whether anybody uses it.
. "$(dirname "$0")/lib.sh"

unshare -pf --mount-proc true 2>/dev/null || skip "no pid namespace can be made"
shm-make /here 10000
background shm-hold /here map >ready
wait_until test -s ready
expect_output '- unknown' sh -c 'unshare -pf --mount-proc ipctl shm stat --raw --noheadings -o holders,usage /here'
expect_output used ipctl shm stat --noheadings -o usage /here
# It cannot know, so it says so.
expect_status 0 unshare -pf --mount-proc ipctl shm resize /here 10
expect_error 'some processes could not be looked at'
ipctl shm rm /here
