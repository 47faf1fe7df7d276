#!/bin/sh
# sem wait -a takes what is there now, and is status 3 when that is nothing.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 3
expect_output '' ipctl sem wait -a /s
expect_output 0 sem-op /s value
expect_status 3 ipctl sem wait -a /s
expect_status 3 ipctl sem recv --all -J /s
[ ! -s "$out" ] || fail "prints $(cat "$out")"
sem-op /s post 2
expect_output '/s 1
/s 2' ipctl sem wait -a -F '%n %c' /s
expect_status 3 ipctl sem wait -n /s
ipctl sem post -c 1000 /s
expect_output 1000 sh -c 'ipctl sem wait -a -F %c /s | tail -n 1'
shm-make /m 32
sem-init shm:/m+0 5
expect_output 5 sh -c 'ipctl sem wait -a -J shm:/m | wc -l'
expect_status 3 ipctl sem wait -a shm:/m
sem-op /s post 3
expect_output '1
2' ipctl sem wait -a -c 2 -F %c /s
expect_output 1 ipctl sem wait -a -c 2 -F %c /s
expect_status 3 ipctl sem wait -a -c 2 /s
expect_status 4 ipctl sem wait -a /none
ipctl sem rm /s
rm /dev/shm/m
