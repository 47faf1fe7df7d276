#!/bin/sh
# sysv-sem set --values and --value: all of them or the one; a wrong number of values, or a value beyond the largest, changes nothing.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
id=$(sysv-sem-make 0x2a 3 600 1 2 3)
expect_output '' ipctl sysv-sem set 0x2a --values 7,0,32767
expect_output '7 0 32767' values
expect_output '' ipctl sysv-sem set "$id" --value 4
expect_output '4 0 32767' values
expect_output '' ipctl sysv-sem set 0x2a:2 --value 0
expect_output '' ipctl sysv-sem set 0x2a:1 --value 32767
expect_output '4 32767 0' values
for list in 1 1,2 1,2,3,4 1,2,32768 1,2,x '1,2,' -1,2,3 '' 1,,3; do
    expect_status 2 ipctl sysv-sem set 0x2a --values="$list"
    expect_output '4 32767 0' values
done
expect_status 2 ipctl sysv-sem set 0x2a --values 1,2
expect_error 'the set has 3'
for value in 32768 -1 x '' 4294967296; do expect_status 2 ipctl sysv-sem set 0x2a:1 --value="$value"; done
expect_status 2 ipctl sysv-sem set 0x2a:1 --values 1,2,3
expect_status 2 ipctl sysv-sem set 0x2a --values 1,2,3 --value 1
expect_status 2 ipctl sysv-sem set 0x2a
expect_status 2 ipctl sysv-sem set 0x2a:1 -m 0600
expect_status 1 ipctl sysv-sem set 0x2a:3 --value 1
expect_error 'semaphore 3: the set has 3 semaphores, 0 to 2'
expect_status 4 ipctl sysv-sem set 0x99 --values 1,2,3
expect_status 4 ipctl sysv-sem set 0x99 --value 1
expect_output '4 32767 0' values
expect_output '[5,6,7]' sh -c 'ipctl sysv-sem set -q -J 0x2a --values 5,6,7 | jq -c ".objects[0].semaphores | map(.value)"'
ipctl sysv-sem rm 0x2a
