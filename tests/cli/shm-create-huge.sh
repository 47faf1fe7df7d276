#!/bin/sh
# shm create --sparse of petabytes costs nothing; its far end is written and read like any other place.
. "$(dirname "$0")/lib.sh"

size=1000000000000000
ipctl shm create --sparse /huge $size
expect_output "$size 0" ipctl shm stat -b --raw --noheadings -o size,used /huge
expect_output '' ipctl shm write --offset 999999999999996 /huge last
expect_output last ipctl shm read --offset 999999999999996 /huge
expect_output '38d7ea4c67ffc  6c 61 73 74                                       |last|
38d7ea4c68000' ipctl shm read --encode hexdump --offset 999999999999996 /huge
expect_status 1 ipctl shm write --offset 999999999999997 /huge last
expect_error "it has $size bytes"
expect_status 3 ipctl shm listen -n --offset 999999999999992 /huge
expect_output '' ipctl shm copy /huge /copy
expect_output "$(stat -c '%s %b' /dev/shm/huge)" stat -c '%s %b' /dev/shm/copy
ipctl shm rm /huge /copy
