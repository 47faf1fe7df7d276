#!/bin/sh
# shm stat: length, memory behind it, owner, mode, times and inode are those that stat(2) tells.
. "$(dirname "$0")/lib.sh"

shm-make /here 100000 2640
shm-put /here 50000 x
ipctl shm create /full 8K
ipctl shm stat -J /here /full >got
python3 - <<'PY'
import datetime, grp, json, os, pwd
for object in json.load(open("got"))["objects"]:
    status = os.stat("/dev/shm" + object["name"])
    wanted = {"mechanism": "shm", "kind": "shm", "state": "linked", "owner": pwd.getpwuid(status.st_uid).pw_name,
              "group": grp.getgrgid(status.st_gid).gr_name, "mode": "%04o" % (status.st_mode & 0o7777),
              "size": status.st_size, "used": status.st_blocks * 512, "atime_ns": status.st_atime_ns,
              "mtime_ns": status.st_mtime_ns, "ctime_ns": status.st_ctime_ns, "inode": status.st_ino, "holders": []}
    for key, value in wanted.items():
        assert object[key] == value and type(object[key]) is type(value), (key, object[key], value)
    for time in "atime", "mtime", "ctime":
        seconds = datetime.datetime.fromisoformat(object[time].split(".")[0] + "+00:00").timestamp()
        assert seconds == object[time + "_ns"] // 10**9, object
PY
page=$(getconf PAGESIZE)
expect_output "100000
$page

8192
8192" ipctl shm stat -b --noheadings -o size,used /here /full
expect_output 8K ipctl shm stat --noheadings -o size /full
ipctl shm rm /here /full
