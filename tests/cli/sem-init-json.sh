#!/bin/sh
# sem init -J: prints the new semaphore as stat -J does, with its offset.
. "$(dirname "$0")/lib.sh"

shm-make /m 128
truncate -s 128 data
for address in shm:/m+64 file:data+0x40; do
    ipctl sem init -J "$address" --value 7 >new.json
    ipctl sem stat -J "$address" >stat.json
    python3 - "$address" <<'PY'
import json, os, sys
status = os.stat("/dev/shm/m" if sys.argv[1].startswith("shm") else "data")
for file in "new.json", "stat.json":
    (semaphore,) = json.load(open(file))["objects"]
    wanted = {"mechanism": "sem", "name": sys.argv[1], "value": 7, "waiters": 0, "offset": 64}
    for key, value in wanted.items():
        assert semaphore[key] == value and type(semaphore[key]) is type(value), (file, key, semaphore)
    assert isinstance(semaphore["inode"], int) and semaphore["mode"] == f"{status.st_mode & 0o7777:04o}", semaphore
PY
done
rm /dev/shm/m
