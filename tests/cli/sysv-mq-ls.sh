#!/bin/sh
# sysv-mq ls: a line for each queue by id; columns chosen and added, JSON, raw; sizes in bytes or readable; an empty list is no error.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl sysv-mq ls --noheadings
expect_output '{"schema":1,"objects":[]}' ipctl sysv-mq ls -J
a=$(sysv-mq-make 0xff 640 2048)
b=$(sysv-mq-make private 0)
head -c 1536 /dev/zero | sysv-mq-send "$a" 1
sysv-mq-send "$b" 1 '' ''
expect_status 0 ipctl sysv-mq ls
expect_output 'ID KEY OWNER MODE MESSAGES BYTES LSPID LRPID' sh -c 'ipctl sysv-mq ls | head -1 | xargs'
expect_output "$a 0x000000ff 0640 1 1.5K 2K
$b 0x00000000 0000 2 0B 16K" ipctl sysv-mq ls --raw --noheadings -o id,key,mode,messages,bytes,capacity
expect_output "$a 1536 2048
$b 0 16384" ipctl sysv-mq ls -b --raw --noheadings -o ID,bytes,Capacity
expect_output "2048
16384" sh -c 'ipctl sysv-mq ls -b --raw --noheadings -o +capacity | awk "{ print \$NF }"'
expect_output '{"schema":1,"objects":[{"mechanism":"sysv-mq","id":'"$a"',"bytes":1536},{"mechanism":"sysv-mq","id":'"$b"',"bytes":0}]}' \
    ipctl sysv-mq ls -J -o id,bytes
ipctl sysv-mq ls -q -J | python3 -c 'import json, sys
a, b = json.load(sys.stdin)["objects"]
names = "mechanism name id key owner group mode messages bytes capacity lspid lrpid creator creator_group stime stime_ns rtime \
rtime_ns ctime ctime_ns blocked usage".split()
assert list(a) == list(b) == names, list(a)
assert a["capacity"] == 2048 and b["capacity"] == 16384 and a["rtime"] is None and a["rtime_ns"] is None, a
assert a["stime_ns"] % 10**9 == 0 and a["blocked"] == [] and type(a["lspid"]) is int and a["lspid"] > 0, a
assert a["usage"] == "unknown", a'
expect_status 2 ipctl sysv-mq ls -o nosuch
expect_error CAPACITY
expect_status 2 ipctl sysv-mq ls extra
ipctl sysv-mq rm "$a" "$b"
