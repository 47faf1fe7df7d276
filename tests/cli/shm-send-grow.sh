#!/bin/sh
# shm write --grow enlarges the object by what does not fit, and takes memory for it; what fits leaves its length alone.
. "$(dirname "$0")/lib.sh"

printf 0123456789 >ten
grown() {
    shm-make /here 4
    shm-put /here 0 abcd
    expect_output '' sh -c "$2"
    expect_output "$1" sh -c 'tr "\0" . </dev/shm/here'
    ipctl shm rm /here
}
grown abcdXY 'ipctl shm write --grow /here --offset 4 XY'
grown abXY 'ipctl shm write --grow /here --offset 2 XY'
grown 0123456789 'ipctl shm write --grow /here -f ten'
grown abc0123456789 'ipctl shm write --grow /here --offset 3 <ten'
grown abcd..0123456789 'cat ten | ipctl shm write --grow /here --offset 6'
grown abcd..01234 'cat ten | ipctl shm write --grow /here --offset 6 --length 5'
grown abcd..AB 'echo 4142 | ipctl shm write --decode hex --grow /here --offset 6'
grown abcd 'ipctl shm write --grow /here ""'
grown abcd ': | ipctl shm write --grow /here'

ipctl shm create /here 0
head -c 300000 /dev/urandom >data
ipctl shm write --grow /here -f data
cmp data /dev/shm/here
[ "$(($(stat -c '%b * %B' /dev/shm/here)))" -ge 300000 ] || fail "memory is not taken"
ipctl shm rm /here
