#!/bin/sh
# shm create -J: prints the new object as stat -J does, with what the kernel made of it.
. "$(dirname "$0")/lib.sh"

ipctl shm create -J /new 5000 -m 0640 >new.json
python3 - <<'PY'
import json, os, resource
answer = json.load(open("new.json"))
assert answer["schema"] == 1 and len(answer["objects"]) == 1, answer
object, status = answer["objects"][0], os.stat("/dev/shm/new")
wanted = {"mechanism": "shm", "name": "/new", "kind": "shm", "state": "linked", "mode": "0640", "size": 5000,
          "used": status.st_blocks * 512, "inode": status.st_ino, "mtime_ns": status.st_mtime_ns, "holders": []}
for key, value in wanted.items():
    assert object[key] == value and type(object[key]) is type(value), (key, object[key], value)
assert status.st_blocks * 512 >= 5000
PY
ipctl shm create -J --if-missing /new 5000 >again.json
ipctl shm stat -J /new >stat.json
for file in new.json again.json; do
    expect_output "$(cat stat.json)" cat $file
done
expect_status 5 ipctl shm create -J /new 5000
[ ! -s "$out" ] || fail "prints $(cat "$out")"
ipctl shm rm /new
