#!/bin/sh
# shm create takes the memory at once; with --sparse none until it is written to.
. "$(dirname "$0")/lib.sh"

used() {
    echo $(($(stat -c '%b * %B' "/dev/shm/$1")))
}
ipctl shm create /taken 1M
expect_output 1048576 used taken
ipctl shm create --sparse /sparse 1M
expect_output 0 used sparse
expect_output 1048576 shm-size /sparse
shm-put /sparse 500000 x
page=$(getconf PAGESIZE)
expect_output "$page" used sparse
expect_output "1048576 1048576
1048576 $page" ipctl shm stat -b --raw --noheadings -o size,used --filter kind=shm /taken /sparse
ipctl shm create /odd 1
expect_output "$page" used odd
ipctl shm rm /taken /sparse /odd
