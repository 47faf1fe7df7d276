#!/bin/sh
# sysv-sem create beyond SEMMNI, SEMMNS and SEMMSL: the error names the limit, its use and what to change; it is not about disks.
# shellcheck disable=SC2086  # words
. "$(dirname "$0")/lib.sh"

limit() { echo "$1" 2>/dev/null >/proc/sys/kernel/sem; }
limit '32000 1024000000 500 3' || skip "kernel.sem cannot be changed here"
refused() {
    words=$1
    shift
    expect_status 1 ipctl sysv-sem create $words
    for pattern in "$@"; do expect_error "$pattern"; done
    ! grep -qi 'space left\|Invalid' "$err" || fail "misleads: $(cat "$err")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
one=$(sysv-sem-make private 4 600)
two=$(ipctl sysv-sem create 0x2 2)
three=$(ipctl sysv-sem create)
for words in '' 3 0x4 '0x4 --if-missing' '-J 0x4 --values 1,2'; do refused "$words" 'as many sets as it may: 3 of 3 (SEMMNI)' '4th' kernel.sem 'ipctl sysv-sem ls'; done
if [ "$root" = yes ]; then
    expect_status 1 as_nobody ipctl sysv-sem create
    expect_error '3 of 3 (SEMMNI)'
fi
expect_status 5 ipctl sysv-sem create 0x2
expect_output "$two" ipctl sysv-sem create --if-missing 0x2 2
limit '32000 1024000000 500 2'
refused '' '3 of 2 (SEMMNI)'
limit '32000 10 500 50'
refused 4 '4 more semaphores' 'has 7 of at most 10' SEMMNS '2nd' kernel.sem
refused '0x4 --values 1,1,1,1' '4 more semaphores' '7 of at most 10'
four=$(ipctl sysv-sem create 3)
refused '' '1 more semaphores' '10 of at most 10'
limit '5 1024000000 500 50'
refused 6 '6 semaphores' 'SEMMSL = 5' '1st' kernel.sem
refused '--values 1,1,1,1,1,1' '6 semaphores' 'SEMMSL = 5'
five=$(ipctl sysv-sem create 5)
ipctl sysv-sem rm "$one" "$two" "$three" "$four" "$five"
expect_output '' ipctl sysv-sem ls --noheadings
