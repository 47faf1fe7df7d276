#!/bin/sh
# sysv-shm ls: its columns in text, raw and JSON, whatever one may read; sizes for people and with -b; nothing where there is nothing.
. "$(dirname "$0")/lib.sh"

expect_output 'ID KEY OWNER MODE SIZE ATTACHED STATE' ipctl sysv-shm ls
expect_output '' ipctl sysv-shm ls --noheadings
expect_output '{"schema":1,"objects":[]}' ipctl sysv-shm ls -J
id=$(sysv-shm-make 0xfedcba98 10240 640)
closed=$(sysv-shm-make 0x2a 1 0)
private=$(sysv-shm-make private 1500000 777)
user=$(id -un)
expect_output "$id 0xfedcba98 $user 0640 10K 0 live
$closed 0x0000002a $user 0000 1B 0 live
$private 0x00000000 $user 0777 1.4M 0 live" ipctl sysv-shm ls --raw --noheadings
expect_output "10240 1 1500000" sh -c 'ipctl sysv-shm ls -b -o size --noheadings | xargs'
expect_output 'KEY SIZE
0xfedcba98 10240
0x0000002a 1
0x00000000 1500000' ipctl sysv-shm ls -b --raw -o key,Size
expect_output 'ID KEY OWNER MODE SIZE ATTACHED STATE CPID' sh -c 'ipctl sysv-shm ls --raw -o +cpid | head -n 1'
columns=name,id,key,owner,group,mode,size,attached,state,rss,swap,creator,creator_group,cpid,lpid,atime,dtime,ctime,holders,usage
expect_status 0 ipctl sysv-shm ls -J -q
python3 - "$out" $columns <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["schema"] == 1 and len(answer["objects"]) == 3, answer
for one in answer["objects"]:
    assert [key for key in one if key != "mechanism" and not key.endswith("_ns")] == sys.argv[2].split(","), one
    assert one["rss"] == 0 and one["attached"] == 0 and one["name"] == str(one["id"]), one
PY
sysv-shm-put "$id" 5000 x
expect_output "$(getconf PAGESIZE)" ipctl sysv-shm stat -b --noheadings -o rss "$id"
expect_status 2 ipctl sysv-shm ls -o bogus
expect_error bogus
ipctl sysv-shm ls >all
if [ "$root" = yes ]; then expect_output "$(cat all)" as_nobody ipctl sysv-shm ls; fi
ipctl sysv-shm rm "$id" "$closed" "$private"
