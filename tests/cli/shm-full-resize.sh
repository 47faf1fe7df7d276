#!/bin/sh
# shm resize and write --grow beyond what /dev/shm has: status 1 with the numbers, and the object is as it was.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o size=1M tmpfs /dev/shm || skip "cannot mount a small /dev/shm"
head -c 512K /dev/urandom >data
ipctl shm create /here -f data
refused() {
    expect_status 1 "$@"
    expect_error '/here: '
    expect_error '/dev/shm is full: 524288 bytes are free of 1048576'
    expect_output 524288 shm-size /here
    cmp data /dev/shm/here
    [ "$(($(stat -f -c '%f * %S' /dev/shm)))" = 524288 ] || fail "memory is left: $(df /dev/shm)"
}
refused ipctl shm resize /here 2M
refused ipctl shm resize -J here 1048577
head -c 1M /dev/zero >longer
refused ipctl shm write --grow /here --offset 512K -f longer
refused ipctl shm write --grow /here --offset 256K -f longer
refused sh -c 'ipctl shm write --grow /here --offset 512K <longer'
refused ipctl shm write --grow /here --offset 1M x
# To the last byte.
expect_output '' ipctl shm resize /here 1M
expect_output 1048576 shm-size /here
cmp -n 524288 data /dev/shm/here
ipctl shm rm /here
umount /dev/shm
