#!/bin/sh
# sem create --value N: 0 unless told, up to 2147483647; what is beyond, negative or no number makes no semaphore.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl sem create /s
expect_output 0 sem-op /s value
expect_output '' ipctl sem rm /s
for value in 0 1 3 2147483646 2147483647; do
    expect_output '' ipctl sem create /s --value $value
    expect_output $value sem-op /s value
    expect_output "$value" ipctl sem stat --raw --noheadings -o value /s
    [ "$(stat -c %s /dev/shm/sem.s)" = 32 ] || fail "its file has $(stat -c %s /dev/shm/sem.s) bytes"
    ipctl sem rm /s
done

for wrong in 2147483648 4294967296 4294967297 18446744073709551616 -1 x 1x 1.5 ' 1' '' 0x10; do
    expect_status 2 ipctl sem create /s --value="$wrong"
    expect_error '--value: '
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e /dev/shm/sem.s ] || fail "--value '$wrong' made a semaphore"
done
expect_status 2 ipctl sem create /s --value=2147483648
expect_error 'from 0 to 2147483647'
