#!/bin/sh
# sysv-sem --ns PID or its namespace on every verb: what is in that IPC namespace, and nothing in one's own.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

unshare -i true 2>/dev/null || skip "no IPC namespace can be made"
background unshare -i sh -c 'sysv-sem-make 0x2a 2 640 3 1 >there && exec sleep 1000'
there=$bg
wait_until sh -c 'test -s there && grep -q sleep /proc/'"$there"'/comm'
id=$(cat there)
inside() { nsenter -i -t "$there" "$@"; }
here=$(sysv-sem-make 0x77 1 600 1)
for ns in "$there" "/proc/$there/ns/ipc"; do
    values() { inside sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
    expect_output "$id 0x0000002a 2" ipctl sysv-sem ls --ns "$ns" --raw --noheadings -o id,key,nsems
    expect_output '0640' ipctl sysv-sem stat --ns="$ns" --noheadings -o mode 0x2a
    new=$(ipctl sysv-sem create --ns "$ns" 0x2b --values 1,2)
    expect_output '1 2' sh -c "nsenter -i -t $there sysv-sem-get $new | cut -d ' ' -f 1 | xargs"
    expect_status 5 ipctl sysv-sem create --ns "$ns" 0x2b
    expect_output '' ipctl sysv-sem post --ns "$ns" -c 3 0x2a:1
    expect_output '3 4' values
    expect_output '' ipctl sysv-sem wait --ns "$ns" -n -c 2 0x2a
    expect_output '' ipctl sysv-sem op --ns "$ns" 0x2a 0:-1 1:+1
    expect_output '0 5' values
    expect_output "$id 1" ipctl sysv-sem listen --ns "$ns" -c 1 0x2a:1
    expect_output '0 3 1' ipctl sysv-sem run --ns "$ns" 0x2a:1 -- sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | tr '\n' ' '; echo 1"
    expect_output "$(readlink /proc/self/ns/ipc)" ipctl sysv-sem listen --ns "$ns" -c 1 0x2a:1 -- readlink /proc/self/ns/ipc
    expect_output "$(inside readlink /proc/self/ns/ipc)" ipctl sysv-sem op --ns "$ns" 0x2a 1:-1u -- readlink /proc/self/ns/ipc
    expect_output '0 3' values
    background ipctl sysv-sem wait --ns "$ns" 0x2a
    wait_until sh -c "nsenter -i -t $there sysv-sem-get $id | grep -q '^0 1 '"
    inside sysv-sem-op "$id" 0:+1
    wait "$bg" || fail "status $?"
    expect_output '' ipctl sysv-sem set --ns "$ns" 0x2a --values 3,1 -m 0640
    expect_status 4 ipctl sysv-sem wait -n --ns "$ns" 0x77
    expect_status 4 ipctl sysv-sem rm --ns "$ns" 0x77
    expect_output '' ipctl sysv-sem rm --ns "$ns" 0x2b
done
expect_status 4 ipctl sysv-sem ls --ns 999999999
expect_output "$here" ipctl sysv-sem ls --noheadings -o id
ipctl sysv-sem rm 0x77
