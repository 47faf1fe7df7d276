#!/bin/sh
# sem at an address where C has made one that processes do not share: it is no semaphore for others, and stays as it is.
. "$(dirname "$0")/lib.sh"

shm-make /m 64
sem-init shm:/m+0 3 private
shm-get /m 0 64 >before
for verb in 'post' 'wait -n' 'listen -n' destroy; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sem $verb shm:/m
    expect_error 'shm:/m: is no semaphore'
    expect_error share
done
expect_output '- -' ipctl sem stat -o value,waiters --noheadings --raw shm:/m
shm-get /m 0 64 | cmp - before
# Bytes that cannot be one: a value or a number of waiters beyond what can be.
python3 - <<'PY'
import struct
with open("/dev/shm/m", "r+b") as memory:
    memory.write(struct.pack("<IIi20x", 0x80000000, 0, 128) + struct.pack("<IIi20x", 1, 0x7fffffff, 128))
PY
for offset in 0 32; do
    expect_status 1 ipctl sem wait -n shm:/m+$offset
    expect_error 'no semaphore'
done
rm /dev/shm/m
