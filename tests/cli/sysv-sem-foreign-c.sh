#!/bin/sh
# sysv-sem and C: create, post, wait, op, set, stat and rm in both directions, asleep and awake.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$1" | cut -d ' ' -f 1 | xargs; }
waiting() { [ "$(sysv-sem-get "$id" | cut -d ' ' -f 2,3 | xargs)" = "$1" ]; }
id=$(ipctl sysv-sem create 0x2a 3 --values 1,2,3)
sysv-sem-op "$id" 0:+4 1:-2 1:=0
expect_output '5 0 3' sh -c 'ipctl sysv-sem stat -q -J 0x2a | jq ".objects[0].semaphores[].value" | xargs'
ipctl sysv-sem post 0x2a:1 -c 7
ipctl sysv-sem wait "$id:2" -c 3
ipctl sysv-sem op 0x2a 2:=0 0:-5 1:+1
expect_output '0 8 0' values "$id"
# C sleeps, ipctl wakes it, and the other way round.
background sysv-sem-op "$id" 0:-2 2:-1
wait_until waiting '1 0 0 0 0 0'
ipctl sysv-sem post "$id" -c 2
wait_until waiting '0 0 0 0 1 0'
ipctl sysv-sem send "$id:2"
wait "$bg" || fail "C: status $?"
background ipctl sysv-sem wait 0x2a:2 -c 3
wait_until waiting '0 0 0 0 1 0'
sysv-sem-op "$id" 2:+3
wait "$bg" || fail "ipctl: status $?"
ipctl sysv-sem set 0x2a --values 9,8,7
expect_output '9 8 7' values "$id"
ipctl sysv-sem rm "$id"
expect_status 1 sysv-sem-get "$id"
id=$(sysv-sem-make 0x2b 2 640 3 4)
expect_output '2 0640 root' ipctl sysv-sem stat -q --raw --noheadings -o nsems,mode,owner 0x2b
sysv-rm sem "$id"
expect_status 4 ipctl sysv-sem stat 0x2b
