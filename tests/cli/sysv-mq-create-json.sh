#!/bin/sh
# sysv-mq create -J: prints the new queue as stat -J does, with what the kernel made of it.
. "$(dirname "$0")/lib.sh"

ipctl sysv-mq create -q -J 0xbeef -m 0640 --bytes 300 >new.json
python3 - <<'PY'
import json, time
answer = json.load(open("new.json"))
assert answer["schema"] == 1 and len(answer["objects"]) == 1, answer
(queue,) = answer["objects"]
key, number, perms, cbytes, qnum, lspid, lrpid, uid, gid, cuid, cgid, stime, rtime, ctime = open("/proc/sysvipc/msg").read().split()[14:]
wanted = {"mechanism": "sysv-mq", "name": number, "id": int(number), "key": "0x0000beef", "mode": "0640", "messages": 0,
          "bytes": 0, "capacity": 300, "lspid": 0, "lrpid": 0, "stime": None, "stime_ns": None, "rtime": None,
          "rtime_ns": None, "ctime_ns": int(ctime) * 10**9, "blocked": []}
for key, value in wanted.items():
    assert queue[key] == value and type(queue[key]) is type(value), (key, queue[key], value)
assert queue["ctime"].startswith(time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(int(ctime)))), queue
PY
ipctl sysv-mq create -q -J --if-missing 0xbeef >again.json
ipctl sysv-mq stat -q -J 0xbeef >stat.json
cmp new.json stat.json
cmp again.json stat.json
ipctl sysv-mq set -q -J -m 0600 0xbeef >set.json
python3 -c 'import json
before, after = (json.load(open(name))["objects"][0] for name in ("stat.json", "set.json"))
assert after["mode"] == "0600", after
for key in after:
    assert key in ("mode", "ctime", "ctime_ns") or after[key] == before[key], key'
ipctl sysv-mq rm 0xbeef
