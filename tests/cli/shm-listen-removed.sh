#!/bin/sh
# shm listen on an object that is removed meanwhile goes on: those who have it change it still; a new one of that name is another.
. "$(dirname "$0")/lib.sh"

shm-make /here 4
mkfifo ready
background sh -c 'exec ipctl shm listen --interval 1ms --ready-fd 5 /here 5>ready >got 2>errors'
read -r _ <ready
exec 6<>/dev/shm/here
ipctl shm rm /here
shm-make /here 4
shm-put /here 0 none
printf held >&6
wait_until grep -qx held got
kill "$bg"
wait "$bg" || :
expect_output held cat got
ipctl shm rm /here
