#!/bin/sh
# mq create -J: prints the new queue as stat -J does, with what the kernel made of it.
. "$(dirname "$0")/lib.sh"

ipctl mq create -J /new --max-messages 4 --message-size 1K -m 0640 >new.json
python3 - <<'PY'
import json, os
answer = json.load(open("new.json"))
assert answer["schema"] == 1 and len(answer["objects"]) == 1, answer
queue, status = answer["objects"][0], os.stat("/dev/mqueue/new")
wanted = {"mechanism": "mq", "name": "/new", "mode": "0640", "messages": 0, "capacity": 4, "msgsize": 1024, "bytes": 0,
          "notify": "none", "signal": None, "registrant": None, "inode": status.st_ino,
          "mtime_ns": status.st_mtime_ns}
for key, value in wanted.items():
    assert queue[key] == value and type(queue[key]) is type(value), (key, queue[key], value)
PY
ipctl mq create -J --if-missing /new >again.json
ipctl mq stat -J /new >stat.json
# Access and change are counted when ipctl looks.
for file in new.json again.json; do
    expect_output "$(sed 's/"[ac]time[^,]*,//g' stat.json)" sed 's/"[ac]time[^,]*,//g' $file
done
expect_output '' ipctl mq rm /new
