#!/bin/sh
# sysv-shm read --offset and --length: exactly that, with nothing behind it; beyond the end is an error before a byte is written.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
sysv-shm-put "$id" 0 0123456789
range() {
    printf %s "$1" >wanted
    shift
    ipctl sysv-shm read 0x2a "$@" >got
    cmp wanted got || fail "$*: $(od -c got)"
}
range 0123456789
range 89 --offset 8
range 0 --length 1
range 345 --offset 3 --length 3
range '' --length 0
range '' --offset 10
range '' --offset 10 --length 0
range '345
' --offset 3 --length 3 --lines
refused() {
    expect_status 1 ipctl sysv-shm read 0x2a "$@"
    expect_error "$id: "
    expect_error 'beyond the end: it has 10 bytes'
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
refused --offset 11
refused --length 11
refused --offset 9 --length 2
refused --offset 10 --length 1
refused --offset 18446744073709551615 --length 2
refused --length 18446744073709551615 --offset 1
refused -J --offset 5 --length 6
refused --encode hex --length 11
expect_status 2 ipctl sysv-shm read 0x2a --offset -1
expect_status 2 ipctl sysv-shm read
# Reading takes nothing away, and what the rest of its last page holds is not shown.
expect_output 0123456789 ipctl sysv-shm read "$id"
expect_status 4 ipctl sysv-shm read 0x2b
expect_error '0x2b: no such segment'
ipctl sysv-shm rm 0x2a
