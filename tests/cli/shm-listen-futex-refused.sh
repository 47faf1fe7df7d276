#!/bin/sh
# shm listen --futex at an odd address is a usage error, and beyond the end one that says how long the object is.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
for offset in 1 2 3 5 4097 18446744073709551615; do
    expect_status 2 ipctl shm listen -n --futex $offset /here
    expect_error '--futex: '
    expect_error 'multiple of 4'
done
for offset in 8 12 4096 4G 18446744073709551612; do
    expect_status 1 ipctl shm listen -n --futex $offset /here
    expect_error '/here: '
    expect_error 'it has 10 bytes'
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_status 3 ipctl shm listen -n --futex 4 /here
expect_status 2 ipctl shm listen -n --futex x /here
shm-make /empty 0
expect_status 1 ipctl shm listen -n --futex 0 /empty
expect_error 'it has 0 bytes'
ipctl shm rm /here /empty
