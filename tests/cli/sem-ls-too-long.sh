#!/bin/sh
# A semaphore's bytes in a file sem.x of another size: all verbs agree whether it is a semaphore, ls and rm with post and wait.
. "$(dirname "$0")/lib.sh"

python3 -c 'import struct
for size in 33, 64, 4096: open(f"/dev/shm/sem.{size}", "wb").write(struct.pack("<IIi20x", 1, 0, 128).ljust(size, b"\0"))'
for size in 33 64 4096; do
    listed=$(ipctl sem ls --noheadings -o name --filter name=/$size)
    if [ -n "$listed" ]; then wanted=0; else wanted=1; fi
    for verb in post 'wait -n' rm; do
        # shellcheck disable=SC2086  # words
        expect_status $wanted ipctl sem $verb /$size
        [ $wanted = 0 ] || expect_error 'no semaphore'
    done
done
rm -f /dev/shm/sem.*
