#!/bin/sh
# sem stat and ls: how many wait, in C and in ipctl, for a named and an unnamed one; the value meanwhile is 0.
. "$(dirname "$0")/lib.sh"

told() { [ "$(ipctl sem stat --raw --noheadings -o value,waiters "$1")" = "$2" ]; }
shm-make /m 64
truncate -s 64 data
sem-make /s 0
sem-init shm:/m+32 0
sem-init file:data+0 0
for address in /s shm:/m+32 file:data+0; do
    waiting=
    for number in 1 2 3; do
        background sem-op "$address" wait
        waiting="$waiting $bg"
        wait_until told "$address" "0 $number"
    done
    if [ $address = /s ]; then
        expect_output '/s 0 3' ipctl sem ls --raw --noheadings -o name,value,waiters
        expect_output /s ipctl sem ls --raw --noheadings -o name --filter waiters=3
        ipctl sem stat -J /s | python3 -c 'import json, sys
(s,) = json.load(sys.stdin)["objects"]; assert s["waiters"] == 3 and s["value"] == 0, s'
    fi
    background ipctl sem wait "$address"
    wait_until told "$address" "0 4"
    ipctl sem post -c 4 "$address"
    for pid in $waiting $bg; do wait "$pid" || fail "status $?"; done
    expect_output '0 0' ipctl sem stat --raw --noheadings -o value,waiters "$address"
done
ipctl sem rm /s
rm /dev/shm/m
