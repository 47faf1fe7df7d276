#!/bin/sh
# --ns PID or its mount namespace on every verb of sem: what is in that /dev/shm, and nothing in one's own.
. "$(dirname "$0")/lib.sh"

background unshare -m sh -c 'mount -t tmpfs -o mode=1777 shm /dev/shm
    sem-make /there 3 0640 && shm-make /m 64 && sem-init shm:/m+8 4 && exec sem-hold /there open >ready'
wait_until test -s ready
there=$(cat ready)
inside() { nsenter -m --wd="$tmp" -t "$there" "$@"; }
sem-make /here 1
for ns in "$there" "/proc/$there/ns/mnt"; do
    expect_output '/there 3' ipctl sem ls --ns "$ns" --raw --noheadings -o name,value
    expect_status 0 ipctl sem stat --ns="$ns" --noheadings -o holders,value /there
    grep -q "^$there sem-hold (" "$out" || fail "no holder: $(cat "$out")"
    expect_output '' ipctl sem create --ns "$ns" /new --value 1 -m 0622
    expect_output '622 32' inside stat -c '%a %s' /dev/shm/sem.new
    expect_status 5 ipctl sem create --ns "$ns" /new
    expect_output '' ipctl sem create --ns "$ns" /new --if-missing -m 0622
    expect_output '' ipctl sem post --ns "$ns" -c 3 /new
    expect_output 4 inside sem-op /new value
    expect_output '' ipctl sem wait --ns "$ns" -n -c 2 /new
    expect_output '/new 1' ipctl sem listen --ns "$ns" -c 1 /new
    expect_output '' ipctl sem run --ns "$ns" /new -- true
    expect_output 1 inside sem-op /new value
    background ipctl sem wait --ns "$ns" -c 2 /new
    inside sem-op /new post
    wait "$bg"
    expect_output '' ipctl sem post --ns "$ns" shm:/m+8
    expect_output 5 inside sem-op shm:/m+8 value
    expect_output '' ipctl sem destroy --ns "$ns" shm:/m+8
    expect_output '' ipctl sem init --ns "$ns" shm:/m+8 --value 4
    expect_status 4 ipctl sem wait -n --ns "$ns" /here
    expect_status 4 ipctl sem rm --ns "$ns" /here
    expect_output '' ipctl sem rm --ns "$ns" /new
    expect_output 'm sem.there' sh -c "nsenter -m -t $there ls /dev/shm | xargs"
    expect_output sem.here ls -A /dev/shm
done
expect_output /here ipctl sem ls --noheadings -o name
ipctl sem rm /here
