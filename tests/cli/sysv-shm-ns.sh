#!/bin/sh
# sysv-shm --ns PID or PATH on every verb: the segments of that IPC namespace, and nothing in one's own, even where ids and keys are the same.
. "$(dirname "$0")/lib.sh"

background unshare -i sh -c 'echo $$ >ready; exec sleep 1000'
wait_until test -s ready
there=$(cat ready)
inside() { nsenter -i -t "$there" "$@"; }
own=$(sysv-shm-make 0x2a 20 600)
sysv-shm-put "$own" 0 mine
before=$(ipctl sysv-shm ls -J)
touch bound
mount --bind "/proc/$there/ns/ipc" bound
for ns in "$there" "/proc/$there/ns/ipc" bound; do
    id=$(ipctl sysv-shm create --ns "$ns" 0x2a --size 10 -m 0640)
    expect_output "$id 0x0000002a 0640 10" ipctl sysv-shm ls --ns "$ns" -b --raw --noheadings -o id,key,mode,size
    expect_status 5 ipctl sysv-shm create --ns "$ns" 0x2a --size 10
    expect_output "$id" ipctl sysv-shm create --ns "$ns" 0x2a --size 10 --if-missing
    expect_output '' ipctl sysv-shm send --ns "$ns" 0x2a outside
    expect_output outside inside sysv-shm-get "$id" 0 7
    inside sysv-shm-put "$id" 0 INSIDE
    expect_output INSIDEe ipctl sysv-shm recv --ns="$ns" --length 7 "$id"
    expect_status 3 ipctl sysv-shm listen --ns "$ns" -n 0x2a
    expect_output INSIDEe inside ipctl sysv-shm run --ns "$ns" 0x2a -- sysv-shm-get "$id" 0 7
    expect_output 1 ipctl sysv-shm run --ns "$ns" 0x2a -- ipctl sysv-shm stat --noheadings -o attached 0x2a
    if [ "$root" = yes ]; then
        expect_output '' ipctl sysv-shm lock --ns "$ns" 0x2a
        expect_output locked ipctl sysv-shm stat --ns "$ns" --noheadings -o state "$id"
        expect_output '' ipctl sysv-shm unlock --ns "$ns" "$id"
    fi
    expect_output '' ipctl sysv-shm set --ns "$ns" -m 0604 0x2a
    expect_output '0604 live' ipctl sysv-shm stat --ns "$ns" --raw --noheadings -o mode,state 0x2a
    expect_output '' ipctl sysv-shm rm --ns "$ns" 0x2a
    expect_status 4 ipctl sysv-shm stat --ns "$ns" 0x2a
done
umount bound
[ "$(ipctl sysv-shm ls -J)" = "$before" ] || fail "changed: $before, now $(ipctl sysv-shm ls -J)"
expect_output mine sysv-shm-get "$own" 0 4
expect_status 1 ipctl sysv-shm ls --ns /etc/passwd
ipctl sysv-shm rm "$own"
