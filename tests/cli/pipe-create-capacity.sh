#!/bin/sh
# pipe create --capacity and --packet: rounded up as the kernel does, refused beyond the limits with their names
. "$(dirname "$0")/lib.sh"

shows() { expect_output "$2" ipctl pipe stat -q -b --noheadings -o "$3" "$1"; }
pipe=$(ipctl pipe create)
shows "$pipe" 65536 capacity
shows "$pipe" no packets
ipctl pipe rm "$pipe"
pipe=$(ipctl pipe create --capacity 5000 --packet)
shows "$pipe" 8192 capacity
shows "$pipe" yes packets
expect_output 8192 sh -c "ipctl pipe create -J --capacity 8K | python3 -c 'import json, sys
(pipe,) = json.load(sys.stdin)[\"objects\"]
print(pipe[\"capacity\"])'"
# What was written at once is read at once.
python3 -c 'import os, sys
fd = os.open(sys.argv[1], os.O_WRONLY)
before = os.open(sys.argv[1], os.O_RDONLY)
os.write(fd, b"one")
assert os.read(before, 100) == b"one"' "/proc/${pipe%:*}/fd/${pipe#*:}"
ipctl pipe rm "$pipe"

expect_status 1 ipctl pipe create --capacity 4G
expect_error '--capacity: no pipe can hold 4294967296 bytes'
expect_status 2 ipctl pipe create --capacity much
if [ "$root" = yes ]; then
    limit=$(cat /proc/sys/fs/pipe-max-size)
    expect_status 1 as_nobody ipctl pipe create --capacity "$((limit * 2))"
    expect_error "--capacity: $((limit * 2)) bytes are more than fs.pipe-max-size allows, $limit bytes"
fi
