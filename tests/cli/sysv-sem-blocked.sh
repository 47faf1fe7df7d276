#!/bin/sh
# sysv-sem stat and ls: who is blocked on a set, in C and in ipctl, and with which operations; and the kernel's count of them.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 3 600 0 4 1)
other=$(sysv-sem-make private 3 600 0 4 1)
blocked() { ipctl sysv-sem stat -q --noheadings -o blocked "$1"; }
expect_output - blocked "$id"
call=semop
waits() {
    wanted=$1
    shift
    background "$@"
    wait_until sh -c "ipctl sysv-sem stat -q --noheadings -o blocked $id | grep -q '($call: '"
    expect_output "$bg $1 ($call: $wanted)" blocked 0x2a
    expect_output - blocked "$other"
    expect_output 'used unknown' sh -c "ipctl sysv-sem ls -q --noheadings -o usage | xargs"
    ipctl sysv-sem stat -q -J "$id" | python3 -c 'import json, sys
(s,) = json.load(sys.stdin)["objects"]
pid = int(sys.argv[1])
assert s["blocked"] == [{"pid": pid, "command": sys.argv[2], "tid": pid, "call": sys.argv[4], "wants": sys.argv[3]}], s
assert sum(x["waiting"] + x["waiting_zero"] for x in s["semaphores"]) >= 1, s' "$bg" "$1" "$wanted" "$call"
    kill "$bg"
    wait "$bg" || :
}
waits 0:-1 sysv-sem-op "$id" 0:-1
waits 1:=0 sysv-sem-op "$id" 1:=0
waits '0:-7u 2:+3 1:=0' sysv-sem-op "$id" 0:-7u 2:+3 1:=0
waits 0:-1 ipctl sysv-sem wait 0x2a
call=semtimedop
waits 1:-5 ipctl sysv-sem wait -w 60 -c 5 0x2a:1
call=semop
waits '2:-1 1:=0' ipctl sysv-sem op 0x2a 2:-1 1:=0
waits 2:-2u ipctl sysv-sem run -c 2 0x2a:2 -- true
waits 0:-1 ipctl sysv-sem listen 0x2a
background sysv-sem-op "$id" 0:-1
background sysv-sem-op "$id" 1:=0
wait_until sh -c "[ \$(ipctl sysv-sem ls -q --noheadings -o blocked | grep -o semop | wc -l) = 2 ]"
expect_output '[[0,1,0],[4,0,1],[1,0,0]]' sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0].semaphores | map([.value, .waiting, .waiting_zero])'"
ipctl sysv-sem rm "$id" "$other"
