#!/bin/sh
# sysv-sem ls: a line for each set, in the order of ids; filters, columns, JSON; nothing when there are none.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl sysv-sem ls --noheadings
expect_output '{"schema":1,"objects":[]}' ipctl sysv-sem ls -J
a=$(ipctl sysv-sem create 0x2a 3 -m 0640)
b=$(sysv-sem-make private 1 600 7)
c=$(ipctl sysv-sem create 0xfffffffe 2 --values 1,2)
expect_output "$a 0x0000002a root 0640 3
$b 0x00000000 root 0600 1
$c 0xfffffffe root 0600 2" sh -c "ipctl sysv-sem ls --raw --noheadings | sed 's/^\([0-9]* [^ ]*\) $(id -un) /\1 root /'"
expect_output 'ID KEY OWNER MODE NSEMS' sh -c "ipctl sysv-sem ls | head -n 1 | sed 's/  */ /g'"
filter() {
    expect_output "$1" sh -c "ipctl sysv-sem ls -q --noheadings -o id --filter '$2' | xargs"
}
filter "$b $c" mode=0600
filter "$a" 'key=*2a'
filter "$c" nsems=2
filter "$a $b $c" id='*'
filter '' nsems=9
expect_output "$b" ipctl sysv-sem ls --noheadings -o id --filter mode=0600 --filter nsems=1
expect_status 2 ipctl sysv-sem ls --filter nosuch=1
expect_status 2 ipctl sysv-sem ls -o nosuch
expect_status 2 ipctl sysv-sem ls 0x2a
expect_output "[[$a,3],[$b,1],[$c,2]]" sh -c 'ipctl sysv-sem ls -q -J | jq -c ".objects | map([.id, (.semaphores | length)])"'
expect_output '[0,0,0,7,1,2]' sh -c 'ipctl sysv-sem ls -q -J -o semaphores | jq -c "[.objects[].semaphores[].value]"'
expect_output "[{\"mechanism\":\"sysv-sem\",\"id\":$c}]" sh -c "ipctl sysv-sem ls -J -o id --filter id=$c | jq -c .objects"
ipctl sysv-sem rm "$a" "$b" "$c"
