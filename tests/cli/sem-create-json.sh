#!/bin/sh
# sem create -J: prints the new semaphore as stat -J does.
. "$(dirname "$0")/lib.sh"

ipctl sem create -J /new --value 7 -m 0640 >new.json
python3 - <<'PY'
import json, os
answer = json.load(open("new.json"))
assert answer["schema"] == 1 and len(answer["objects"]) == 1, answer
semaphore, status = answer["objects"][0], os.stat("/dev/shm/sem.new")
wanted = {"mechanism": "sem", "name": "/new", "mode": "0640", "value": 7, "waiters": 0, "offset": None,
          "inode": status.st_ino, "mtime_ns": status.st_mtime_ns}
for key, value in wanted.items():
    assert semaphore[key] == value and type(semaphore[key]) is type(value), (key, semaphore[key], value)
PY
ipctl sem create -J --if-missing /new >again.json
ipctl sem stat -J /new >stat.json
# Access and change are counted when ipctl looks.
for file in new.json again.json; do
    expect_output "$(sed 's/"[ac]time[^,]*,//g' stat.json)" sed 's/"[ac]time[^,]*,//g' $file
done
expect_status 5 ipctl sem create -J /new
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_output '' ipctl sem rm /new
