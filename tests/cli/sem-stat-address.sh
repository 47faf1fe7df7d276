#!/bin/sh
# sem stat ADDRESS: of an unnamed one, with its offset and who maps the memory; where none is, the value is '-' and null.
. "$(dirname "$0")/lib.sh"

shm-make /m 4096 0640
truncate -s 100 data
sem-init shm:/m+64 3
sem-init file:data+8 4
expect_output 'shm:/m+64 0640 3 0 64' ipctl sem stat --raw --noheadings -o name,mode,value,waiters,offset shm:/m+64
expect_output 'file:data+8 4 0 8' ipctl sem stat --raw --noheadings -o name,value,waiters,offset file:data+8
expect_output '- - 0' ipctl sem stat --raw --noheadings -o value,waiters,offset shm:/m
expect_output '- - 96' ipctl sem stat --raw --noheadings -o value,waiters,offset file:data+96
expect_output '- - 8192' ipctl sem stat --raw --noheadings -o value,waiters,offset shm:/m+8192
ipctl sem stat -J shm:/m | python3 -c 'import json, sys
(s,) = json.load(sys.stdin)["objects"]; assert s["value"] is None and s["waiters"] is None and s["offset"] == 0, s'

background shm-hold /m map >mapped
background shm-hold /m open >open
wait_until test -s mapped
wait_until test -s open
ipctl sem stat -J shm:/m+64 >stat.json
python3 - "$(cat mapped)" "$(cat open)" <<'PY'
import json, sys
(semaphore,) = json.load(open("stat.json"))["objects"]
assert {h["pid"] for h in semaphore["holders"]} == {int(sys.argv[1]), int(sys.argv[2])}, semaphore
assert semaphore["usage"] == "used" and semaphore["name"] == "shm:/m+64", semaphore
PY
waiters() { [ "$(od -An -tu4 -j12 -N4 data)" -eq 1 ]; }
sem-op file:data+8 wait 4
background sem-op file:data+8 wait
wait_until waiters
ipctl sem stat -J file:data+8 >stat.json
python3 - "$bg" <<'PY'
import json, sys
(semaphore,) = json.load(open("stat.json"))["objects"]
assert [h["pid"] for h in semaphore["holders"]] == [int(sys.argv[1])] and semaphore["waiters"] == 1, semaphore
PY
rm /dev/shm/m
