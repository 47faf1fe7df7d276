#!/bin/sh
# sem stat: value, waiters, owner, mode and times are those that C and stat(1) tell; looking changes nothing.
. "$(dirname "$0")/lib.sh"

sem-make /s 5 0640
expect_output '/s 0640 5 0 -' ipctl sem stat --raw --noheadings -o name,mode,value,waiters,offset /s
before=$(stat -c '%Y %Z' /dev/shm/sem.s)
ipctl sem stat -J s >stat.json
ipctl sem ls -J >ls.json
python3 - <<'PY'
import json, os, pwd, grp
status = os.stat("/dev/shm/sem.s")
for file in "stat.json", "ls.json":
    answer = json.load(open(file))
    (semaphore,) = answer["objects"]
    wanted = {"mechanism": "sem", "name": "/s", "mode": "0640", "value": 5, "waiters": 0, "offset": None, "holders": [],
              "inode": status.st_ino, "mtime_ns": status.st_mtime_ns, "owner": pwd.getpwuid(status.st_uid).pw_name,
              "group": grp.getgrgid(status.st_gid).gr_name}
    assert answer["schema"] == 1
    for key, value in wanted.items():
        assert semaphore[key] == value and type(semaphore[key]) is type(value), (file, key, semaphore[key], value)
    assert semaphore["usage"] in ("unused", "unknown"), semaphore
PY
[ "$before" = "$(stat -c '%Y %Z' /dev/shm/sem.s)" ] || fail "stat changes it"
sem-op /s wait 2
expect_output 3 ipctl sem stat --noheadings -o value /s
expect_status 0 ipctl sem stat /s
grep -qx 'VALUE *3' "$out" || fail "no value in $(cat "$out")"
grep -qx 'WAITERS *0' "$out" || fail "no waiters in $(cat "$out")"
expect_status 2 ipctl sem stat
expect_status 2 ipctl sem stat -o nonsense /s
expect_error nonsense
ipctl sem rm /s
