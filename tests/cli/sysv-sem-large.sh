#!/bin/sh
# sysv-sem with a set of 32000 semaphores: made with values, used at its end, shown whole, and set again; one more is refused.
. "$(dirname "$0")/lib.sh"

[ "$(awk '{ print ($1 == 32000) }' /proc/sys/kernel/sem)" = 1 ] || skip "kernel.sem has another SEMMSL"
list=$(seq 0 31999 | sed 's/.*\(.\)/\1/' | paste -sd ,)
id=$(ipctl sysv-sem create 0x2a 32000 --values "$list")
expect_output "$list" sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | paste -sd ,"
expect_output true sh -c "ipctl sysv-sem stat -q -J $id |
    jq '.objects[0].semaphores | length == 32000 and (map(.value) == [range(32000) | . % 10]) and (map(.number) == [range(32000)])'"
ipctl sysv-sem post 0x2a:31999 -c 7
ipctl sysv-sem op "$id" 31998:-8 31998:=0 31999:-16
expect_status 1 ipctl sysv-sem post 0x2a:32000
expect_error '32000 semaphores, 0 to 31999'
background sysv-sem-op "$id" 31999:-1
wait_until sh -c "ipctl sysv-sem stat -q --noheadings -o blocked $id | grep -q '(semop: 31999:-1)'"
ipctl sysv-sem set 0x2a:31999 --value 1
wait "$bg" || fail "status $?"
ipctl sysv-sem set 0x2a --values "$(seq 0 31999 | sed 's/.*/3/' | paste -sd ,)"
expect_output 32000 sh -c "sysv-sem-get $id | grep -c '^3 0 0 '"
expect_output 32000 sh -c "ipctl sysv-sem stat -q --noheadings -o semaphores $id | grep -c 'value=3 '"
expect_output "$id" ipctl sysv-sem create --if-missing 0x2a 32000
expect_status 1 ipctl sysv-sem create 32001
expect_error 'SEMMSL = 32000'
for count in 65536 2147483647 2147483648 4294967297 18446744073709551615; do
    expect_status 1 ipctl sysv-sem create $count
    expect_error "$count semaphores are more than a set may have"
done
ipctl sysv-sem rm 0x2a
