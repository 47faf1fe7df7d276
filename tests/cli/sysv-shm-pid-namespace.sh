#!/bin/sh
# sysv-shm stat and ls from another pid namespace: pids that are not visible there are null and "-", not 0; 0 is nobody yet.
. "$(dirname "$0")/lib.sh"

unshare -pf --mount-proc true 2>/dev/null || skip "no pid namespace can be made"
id=$(sysv-shm-make 0x2a 10 600)
never=$(sysv-shm-make 0x2b 10 600)
sysv-shm-put "$id" 0 x
background sysv-shm-hold "$id" >held
wait_until grep -q ready held
apart='unshare -pf --mount-proc'
# shellcheck disable=SC2086  # words
expect_output "$id - - 1
$never - 0 0" $apart ipctl sysv-shm ls --raw --noheadings -o id,cpid,lpid,attached
for sel in "$id" 0x2a; do
    # shellcheck disable=SC2086  # words
    expect_output '- - - used' $apart ipctl sysv-shm stat -q --raw --noheadings -o cpid,lpid,holders,usage $sel
done
# shellcheck disable=SC2086  # words
$apart ipctl sysv-shm stat -q -J "$id" "$never" >seen
python3 -c 'import json
one, never = json.load(open("seen"))["objects"]
assert one["cpid"] is None and one["lpid"] is None and one["atime"] and one["dtime"] and one["attached"] == 1, one
assert never["cpid"] is None and never["lpid"] == 0 and never["atime"] is None and never["attached"] == 0, never'
# A filter for 0 does not find what is unknown.
# shellcheck disable=SC2086  # words
expect_output "$never" $apart ipctl sysv-shm ls --noheadings -o id --filter lpid=0
# One made inside: seen from both sides, by different numbers.
# shellcheck disable=SC2086  # words
expect_output true $apart sh -c 'id=$(ipctl sysv-shm create 0x2c --size 1); [ "$(ipctl sysv-shm stat --noheadings -o cpid 0x2c)" -lt 50 ] && echo true'
ipctl sysv-shm rm -q "$id" "$never" 0x2c
