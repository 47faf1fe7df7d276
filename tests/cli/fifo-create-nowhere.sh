#!/bin/sh
# create where there is no directory, no permission or no place for FIFOs says so
. "$(dirname "$0")/lib.sh"

expect_status 4 ipctl fifo create missing/fifo
expect_error 'missing/fifo: its directory: No such file or directory'
for path in . .. directory/ /; do
    expect_status 1 ipctl fifo create "$path"
    expect_error 'names a directory'
done
expect_status 2 ipctl fifo create ''
expect_error 'an empty name is no path'
echo >file
expect_status 1 ipctl fifo create file/fifo
expect_error 'file/fifo: its directory: Not a directory'
expect_status 1 ipctl fifo create /dev/mqueue/fifo
expect_error 'its file system has no FIFOs'
if [ "$root" = yes ]; then
    mkdir closed
    expect_status 1 as_nobody ipctl fifo create closed/fifo
    expect_error 'permission to write to its directory denied'
fi
