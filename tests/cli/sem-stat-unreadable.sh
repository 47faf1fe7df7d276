#!/bin/sh
# sem ls and stat for a user who may not read a semaphore: it is listed, with what is not known as '-' and null.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a semaphore of another user"
sem-make /closed 3 0600
sem-make /write-only 4 0622
sem-make /open 5 0644
columns=name,owner,mode,value,waiters
expect_output '/closed root 0600 - -
/open root 0644 5 0
/write-only root 0622 - -' as_nobody ipctl sem ls --raw --noheadings -o $columns
expect_output '/closed root 0600 - -' as_nobody ipctl sem stat --raw --noheadings -o $columns /closed
as_nobody ipctl sem stat -J /closed >got
python3 -c 'import json
s = json.load(open("got"))["objects"][0]
assert s["value"] is None and s["waiters"] is None, s
assert s["owner"] == "root" and s["mode"] == "0600" and s["usage"] == "unknown", s'
shm-make /m 64 0600
sem-init shm:/m+8 1
expect_status 1 as_nobody ipctl sem stat shm:/m+8
expect_error '/m: permission'
ipctl sem rm /closed /write-only /open
rm /dev/shm/m
