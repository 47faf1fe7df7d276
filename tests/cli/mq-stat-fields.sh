#!/bin/sh
# mq stat and ls show what mq_getattr, fstat and the status file show, and leave the queue as it is.
. "$(dirname "$0")/lib.sh"

mq-make /q 7 100 0640
mq-send /q 3 'eleven byte' x
status=$(cat /dev/mqueue/q)
ipctl mq stat -J /q >stat.json
ipctl mq ls -J >ls.json
expect_status 0 ipctl mq stat /q
expect_status 0 ipctl mq ls -o +holders,atime
[ "$(cat /dev/mqueue/q)" = "$status" ] || fail "the status changed"
python3 - <<'PY'
import ctypes, grp, json, os, pwd, stat
attr, libc = (ctypes.c_long * 8)(), ctypes.CDLL(None)
fd = libc.mq_open(b"/q", os.O_RDONLY)
assert libc.mq_getattr(fd, attr) == 0
info = os.fstat(fd)
line = dict(part.split(":") for part in open("/dev/mqueue/q").read().split())
for file in "stat.json", "ls.json":
    answer = json.load(open(file))
    queue = answer["objects"][0]
    wanted = {"mechanism": "mq", "name": "/q", "messages": attr[3], "capacity": attr[1], "msgsize": attr[2],
              "bytes": int(line["QSIZE"]),
              "owner": pwd.getpwuid(info.st_uid).pw_name, "group": grp.getgrgid(info.st_gid).gr_name, "mode": "0640",
              "inode": info.st_ino, "mtime_ns": info.st_mtime_ns, "notify": "none", "signal": None,
              "registrant": None, "holders": []}
    assert (attr[1], attr[2], attr[3], int(line["QSIZE"])) == (7, 100, 2, 12)
    for key, value in wanted.items():
        assert queue[key] == value and type(queue[key]) is type(value), (file, key, queue[key], value)
    # The kernel counts a look at the status line as access and change.
    assert info.st_mtime_ns <= queue["ctime_ns"] <= info.st_ctime_ns and queue["atime_ns"] <= info.st_ctime_ns, queue
    assert queue["usage"] in ("unused", "unknown"), queue
PY
expect_output '3 11 eleven byte
3 1 x' mq-recv -n /q 2
ipctl mq rm /q
