#!/bin/sh
# sysv-shm write past the end fails before any byte is written, whatever the data comes from; a segment does not grow, and it says so.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
sysv-shm-put "$id" 0 0123456789
printf ABCDEFGHIJK >eleven
refused() {
    expect_status 1 sh -c "$1"
    expect_error "$id: "
    expect_error 'it has 10 bytes'
    expect_error 'none were written'
    expect_error "a segment's size is fixed when it is created"
    ! grep -q -e --grow "$err" || fail "advises --grow: $(cat "$err")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    expect_output 0123456789 sysv-shm-get "$id" 0 10
}
refused 'ipctl sysv-shm write 0x2a ABCDEFGHIJK'
refused 'ipctl sysv-shm write 0x2a --offset 9 AB'
refused 'ipctl sysv-shm write 0x2a --offset 10 A'
refused 'ipctl sysv-shm write 0x2a --offset 11 ""'
refused 'ipctl sysv-shm write 0x2a --offset 18446744073709551615 AB'
refused 'ipctl sysv-shm write 0x2a --decode hex 4142434445464748494a4b'
refused 'ipctl sysv-shm write -J 0x2a -f eleven'
refused 'ipctl sysv-shm write 0x2a <eleven'
refused 'ipctl sysv-shm write 0x2a --length 11 <eleven'
refused 'cat eleven | ipctl sysv-shm write 0x2a'
refused 'cat eleven | ipctl sysv-shm write 0x2a --length 11'
refused ': | ipctl sysv-shm write 0x2a --offset 11'
refused 'echo 4142434445464748494a4b | ipctl sysv-shm write 0x2a --decode hex' 
refused 'yes | ipctl sysv-shm write 0x2a'
refused 'ipctl sysv-shm write 0x2a -f /dev/zero'
expect_status 2 ipctl sysv-shm write --grow 0x2a ABCDEFGHIJK
ipctl sysv-shm rm 0x2a
