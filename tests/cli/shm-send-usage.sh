#!/bin/sh
# shm write with options that exclude each other, or that it does not have: status 2, and nothing is written or read.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
wrong() {
    expect_status 2 sh -c 'echo unread | { "$@"; status=$?; cat; exit $status; }' sh "$@"
    [ "$(cat "$out")" = unread ] || fail "read its input: $*"
    printf '\0\0\0\0\0\0\0\0\0\0' | cmp - /dev/shm/here
}
wrong ipctl shm write
wrong ipctl shm write /here a b
wrong ipctl shm write /here a -f file
wrong ipctl shm write /here a --length 1
wrong ipctl shm write /here --offset x
wrong ipctl shm write /here --offset=-1 a
wrong ipctl shm write /here --length ''
wrong ipctl shm write /here --lines
wrong ipctl shm write /here --priority 3 a
wrong ipctl shm write /here -w 3 a
wrong ipctl shm write /here --grou a
expect_status 4 ipctl shm write /none a
expect_error '/none: no such object'
expect_status 4 ipctl shm write --grow /none a
expect_output here ls /dev/shm
ipctl shm rm /here
