#!/bin/sh
# sysv-sem stat in another pid namespace: pids that are not visible there are unknown, not 0; nobody is seen blocked, but counted.
. "$(dirname "$0")/lib.sh"

unshare -pf --mount-proc true 2>/dev/null || skip "no pid namespace can be made"
id=$(ipctl sysv-sem create 2 --values 1,0)
background sysv-sem-op "$id" 1:-1
wait_until sh -c "sysv-sem-get $id | sed -n 2p | grep -q '^0 1 '"
inside() { unshare -pf --mount-proc sh -c "$1"; }
expect_output "[1,0,null] [0,1,null] 0 \"unknown\"" inside "ipctl sysv-sem stat -q -J $id |
    jq -c '.objects[0] | (.semaphores[] | [.value, .waiting, .last_pid]), (.blocked | length), .usage' | xargs -d '\n'"
expect_output 'last_pid=-' sh -c "unshare -pf --mount-proc ipctl sysv-sem stat -q --noheadings -o semaphores $id | grep -o 'last_pid=.*' | sort -u"
# What is done there is seen from here with the pid it has here, and there with its own.
expect_output true inside "ipctl sysv-sem post $id; ipctl sysv-sem stat -q -J $id | jq '.objects[0].semaphores[0].last_pid < 20'"
expect_output true sh -c "ipctl sysv-sem stat -q -J $id | jq '.objects[0].semaphores[0].last_pid > 20'"
# A set that nobody has used has the pid 0 there too.
new=$(sysv-sem-make private 1 600)
expect_output 0 inside "ipctl sysv-sem stat -q -J $new | jq '.objects[0].semaphores[0].last_pid'"
ipctl sysv-sem rm "$id" "$new"
