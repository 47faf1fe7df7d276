#!/bin/sh
# sysv-mq stat and ls from another pid namespace: pids that are not visible there are null and "-", not 0; 0 is nobody yet.
. "$(dirname "$0")/lib.sh"

unshare -pf --mount-proc true 2>/dev/null || skip "no pid namespace can be made"
id=$(sysv-mq-make 0x2a 600)
never=$(sysv-mq-make 0x2b 600)
sysv-mq-send "$id" 1 one two
ipctl sysv-mq recv "$id" >/dev/null
background sysv-mq-recv "$id" 5
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
apart='unshare -pf --mount-proc'
# shellcheck disable=SC2086  # words
expect_output "$id - -
$never 0 0" $apart ipctl sysv-mq ls --raw --noheadings -o id,lspid,lrpid
for sel in "$id" 0x2a; do
    # shellcheck disable=SC2086  # words
    expect_output '- - -' $apart ipctl sysv-mq stat -q --raw --noheadings -o lspid,lrpid,blocked $sel
done
# shellcheck disable=SC2086  # words
$apart ipctl sysv-mq stat -q -J "$id" "$never" >seen
python3 -c 'import json
one, never = json.load(open("seen"))["objects"]
assert one["lspid"] is None and one["lrpid"] is None and one["stime"] and one["rtime"] and one["usage"] == "unknown", one
assert never["lspid"] == 0 and never["lrpid"] == 0 and never["stime"] is None, never'
ipctl sysv-mq rm "$id" "$never"
