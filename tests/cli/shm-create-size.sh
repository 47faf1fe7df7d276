#!/bin/sh
# shm create: exactly SIZE bytes, all zeros, which C programs map and Python opens; nothing is printed.
. "$(dirname "$0")/lib.sh"

for size in 1:1 4095:4095 4096:4096 4097:4097 3K:3072 1MiB:1048576 1MB:1000000; do
    bytes=${size#*:}
    expect_output '' ipctl shm create /made "${size%:*}"
    expect_output "$bytes" shm-size /made
    head -c "$bytes" /dev/zero >zeros
    shm-get /made 0 "$bytes" | cmp - zeros || fail "$size: not zeros"
    python3 -c 'import sys
from multiprocessing.shared_memory import SharedMemory
memory = SharedMemory("made")
assert memory.size >= int(sys.argv[1]) and not any(memory.buf), memory.size
memory.unlink()' "$bytes"
    [ ! -e /dev/shm/made ] || fail "Python removed another object"
done
expect_output '' ipctl shm create /made 0
expect_output 0 shm-size /made
expect_output '' ipctl shm read /made
rm /dev/shm/made
