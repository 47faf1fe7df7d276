#!/bin/sh
# sysv-sem wait -a takes what is there one by one, and stops; status 3 when there is nothing.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 2 --values 5,4)
values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
expect_output '' ipctl sysv-sem wait -a "$id"
expect_output '0 4' values
expect_output '1
2
3
4' ipctl sysv-sem recv --all -F '%c' "$id:1"
expect_output '0 0' values
expect_status 3 ipctl sysv-sem wait -a "$id"
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 3 ipctl sysv-sem wait -a "$id:1" -F %c
ipctl sysv-sem set "$id" --values 1000,1
expect_output '1000' sh -c "ipctl sysv-sem wait -a $id -F %c | tail -n 1"
expect_output '0 1' values
ipctl sysv-sem set "$id" --values 6,1
expect_output '1
2' ipctl sysv-sem wait -a -c 2 -F %c "$id"
expect_output '4 1' values
ipctl sysv-sem rm "$id"
