#!/bin/sh
# shm write to a sparse object when no memory is left: status 1, no SIGBUS, and how many bytes were written; those are there.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o size=1M tmpfs /dev/shm || skip "cannot mount a small /dev/shm"
head -c 2M /dev/urandom >data
stops() {
    ipctl shm create --sparse /sparse 2M
    expect_status 1 "$@"
    expect_error '/sparse: /dev/shm is full'
    written=$(sed -n 's/.* \([0-9]*\) bytes were written.*/\1/p' "$err")
    [ -n "$written" ] || fail "does not say how many bytes: $(cat "$err")"
    [ "$written" = 1048576 ] || fail "$written bytes of 1048576 were written"
    cmp -n "$written" data /dev/shm/sparse
    expect_output 2097152 shm-size /sparse
    ipctl shm rm /sparse
}
stops ipctl shm write /sparse -f data
stops sh -c 'ipctl shm write /sparse <data'
stops sh -c 'cat data | ipctl shm write /sparse'
stops sh -c 'cat data | ipctl shm write --length 2M /sparse'
stops sh -c 'cat data | ipctl shm write --grow /sparse'
stops sh -c 'base64 data | ipctl shm write --decode base64 /sparse'

# Reading what is not there takes no memory.
ipctl shm create --sparse /sparse 2M
ipctl shm create /full 1M
ipctl shm read /sparse | cmp -n 2097152 - /dev/zero
expect_status 1 ipctl shm write /sparse x
expect_error ' 0 bytes were written'
ipctl shm rm /sparse /full
umount /dev/shm
