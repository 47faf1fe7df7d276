#!/bin/sh
# shm write past the end fails before any byte is written, whatever the data comes from, and says how long the object is.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
shm-put /here 0 0123456789
printf ABCDEFGHIJK >eleven
refused() {
    expect_status 1 sh -c "$1"
    expect_error '/here: '
    expect_error 'it has 10 bytes'
    expect_error 'none were written'
    expect_error '--grow'
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_output 0123456789 cat /dev/shm/here
}
refused 'ipctl shm write /here ABCDEFGHIJK'
refused 'ipctl shm write /here --offset 9 AB'
refused 'ipctl shm write /here --offset 10 A'
refused 'ipctl shm write /here --offset 11 ""'
refused 'ipctl shm write /here --offset 1G A'
refused 'ipctl shm write /here --offset 18446744073709551615 AB'
refused 'ipctl shm write /here --decode hex 4142434445464748494a4b'
refused 'ipctl shm write /here -f eleven'
refused 'ipctl shm write /here <eleven'
refused 'ipctl shm write /here --offset 11 --length 0 <eleven'
refused 'ipctl shm write /here --length 11 <eleven'
refused 'cat eleven | ipctl shm write /here'
refused 'cat eleven | ipctl shm write /here --length 11'
refused 'cat eleven | ipctl shm write /here --offset 10'
refused ': | ipctl shm write /here --offset 11'
refused 'xxd -p eleven | ipctl shm write /here --decode hex'
refused 'ipctl shm write /here -f /proc/self/status'
# An endless one too.
refused 'yes | ipctl shm write /here'
refused 'ipctl shm write /here -f /dev/zero'
ipctl shm rm /here
