#!/bin/sh
# pipe ls and fifo ls: thousands of descriptors in one process and in many, each pipe once
. "$(dirname "$0")/lib.sh"

background python3 -c 'import os, resource, time
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (8100, hard))
pipes = [os.pipe() for _ in range(2000)]
os.mkfifo("fifo")
fifos = [os.open("fifo", os.O_RDWR) for _ in range(2000)]
print(os.getpid(), flush=True)
time.sleep(1000)' >pid 2>errors
wait_until sh -c 'test -s pid || test -s errors'
[ -s pid ] || skip "$(tail -n 1 errors)"
pid=$(cat pid)
expect_status 0 ipctl pipe ls -q --noheadings -b -o name,descriptors,bytes,capacity,holders --filter "holders=$pid"
sed 1q "$out" >first
# Another ipctl may be looking at one, and so have it for a moment.
[ "$(grep -c " $pid python3 (r).* $pid python3 (w)" "$out")" = 2000 ] || fail_command "not 2000 pipes"
[ "$(sort -u "$out" | wc -l)" = "$(wc -l <"$out")" ] || fail "some pipes are shown twice"
ipctl fifo ls -q -J --filter "holders=$pid" | python3 -c 'import json, sys
(fifo,) = json.load(sys.stdin)["objects"]
assert len(fifo["holders"]) == 2000 and len(fifo["readers"]) == len(fifo["writers"]) == 1, fifo'
