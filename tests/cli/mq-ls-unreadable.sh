#!/bin/sh
# mq ls and stat for a user who may not open a queue: it is listed, with what is not known as '-' and null.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
mq-make /closed 3 10 0600
mq-make /write-only 4 20 0622
mq-make /open 5 30 0644
mq-send /write-only 0 abc
columns=name,owner,mode,messages,capacity,msgsize,bytes,notify
expect_output '/closed root 0600 - - - - -
/open root 0644 0 5 30 0 none
/write-only root 0622 1 4 20 - -' as_nobody ipctl mq ls --raw --bytes --noheadings -o $columns
expect_output '/closed root 0600 - - - - -' as_nobody ipctl mq stat --raw --noheadings -o $columns /closed
as_nobody ipctl mq stat -J /closed >got
python3 -c 'import json
queue = json.load(open("got"))["objects"][0]
assert [queue[k] for k in ("messages", "capacity", "msgsize", "bytes", "notify", "signal", "registrant")] == [None] * 7, queue
assert queue["owner"] == "root" and queue["mode"] == "0600" and queue["usage"] == "unknown", queue'
ipctl mq rm /closed /write-only /open
