#!/bin/sh
# sysv-sem create --values: each semaphore has its value, with and without the number of them; a wrong list makes no set.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$1" | cut -d ' ' -f 1 | xargs; }
new() {
    wanted=$1
    shift
    id=$(ipctl sysv-sem create "$@")
    expect_output "$wanted" values "$id"
    ipctl sysv-sem rm "$id"
}
new '0 0 0' 3
new '7' --values 7
new '1 5' --values 1,5
new '1 5' 2 --values=1,5
new '0 32767 0 3' 0x2a --values 0,32767,0,3
new '0 0' 2 --values 0,0
new '32767 32767' 2 0x2b --values 32767,32767
for wrong in 32768 1,32768 1,70000 -1 x '1,' ,1 1,,2 1.5 '1, 2' 0x1 18446744073709551616; do
    expect_status 2 ipctl sysv-sem create --values="$wrong"
    expect_error "--values"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
for wrong in '1 1,2' '3 1,2' '2 1' '3 1,2,3,4'; do
    expect_status 2 ipctl sysv-sem create 0x2a "${wrong% *}" --values "${wrong#* }"
    expect_error "semaphores"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_status 2 ipctl sysv-sem create --values 1,40000
expect_error '40000'
expect_error 32767
expect_output '' ipctl sysv-sem ls --noheadings
