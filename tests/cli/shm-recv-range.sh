#!/bin/sh
# shm read --offset --length: that part; what is not all in the object is refused before anything is printed, with its length.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
shm-put /here 0 0123456789
expect_output 3456789 ipctl shm read --offset 3 /here
expect_output 012 ipctl shm read --length 3 /here
expect_output 345 ipctl shm read --offset 3 --length 3 /here
expect_output 9 ipctl shm read --offset=9 --length=1 /here
expect_output '' ipctl shm read --offset 10 /here
expect_output '' ipctl shm read --offset 10 --length 0 /here
expect_output 012 sh -c 'ipctl shm read --offset 0 --length 3 /here >>file; cat file'

refused() {
    expect_status 1 ipctl shm read "$@" /here
    expect_error '/here: '
    expect_error 'beyond the end: it has 10 bytes'
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
}
refused --offset 11
refused --offset 11 --length 0
refused --length 11
refused --offset 9 --length 2
refused --offset 10 --length 1
refused --offset 1 --length 18446744073709551615
refused --offset 18446744073709551615 --length 1
refused --length 11 --encode hex
refused --length 11 -J
refused --length 99999999999999 -F %s
for wrong in x -1 1Q ''; do
    expect_status 2 ipctl shm read --offset="$wrong" /here
    expect_status 2 ipctl shm read --length="$wrong" /here
done
ipctl shm rm /here
