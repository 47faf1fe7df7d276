#!/bin/sh
# shm create without a size, or with one that no object has: refused in one line, and nothing is made.
. "$(dirname "$0")/lib.sh"

refused() {
    expect_status "$@"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_output '' ls -A /dev/shm
}

refused 2 ipctl shm create /none
expect_status 2 ipctl shm create /none
expect_error 'SIZE is missing'
for wrong in x 1x 1Q 4KK 1,5 99999999999999999999 16E '' ' '; do
    refused 2 ipctl shm create /none "$wrong"
    expect_status 2 ipctl shm create /none "$wrong"
    expect_error SIZE
done
refused 2 ipctl shm create /none -1
refused 2 ipctl shm create -- /none -1
# The largest number that is a size, but not one of an object.
refused 1 ipctl shm create /none 18446744073709551615
refused 1 ipctl shm create --sparse /none 9223372036854775808
expect_status 1 ipctl shm create --sparse /none 9223372036854775808
expect_error '/none: '
expect_error 9223372036854775808
refused 2 ipctl shm create
refused 2 ipctl shm create /none 10 20
refused 2 ipctl shm create /none 10 --spars
refused 2 ipctl shm create /none 10 --message-size 5
