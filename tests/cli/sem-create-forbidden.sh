#!/bin/sh
# sem create in a /dev/shm that may not be written to, or is read-only: status 1 says so.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o size=1m,mode=1777,ro shm /dev/shm
expect_status 1 ipctl sem create /s
expect_error '/s: '
expect_error 'ead-only'
expect_status 4 ipctl sem wait -n /s
umount /dev/shm
if [ "$root" = yes ]; then
    mount -t tmpfs -o size=1m,mode=755 shm /dev/shm
    expect_status 1 as_nobody ipctl sem create /s
    expect_error '/s: permission denied'
    expect_error '/dev/shm'
    umount /dev/shm
fi
expect_output '' ls -A /dev/shm
