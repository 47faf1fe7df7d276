#!/bin/sh
# --ns PID or PATH on every verb: the objects in the /dev/shm of that mount namespace, and nothing in one's own.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

background unshare -m sh -c 'mount -t tmpfs tmpfs /dev/shm && shm-make /there 10 && exec shm-hold /there map >ready'
wait_until test -s ready
there=$(cat ready)
shm-make /here 10
inside() {
    nsenter -m -t "$there" -- "$@"
}
for ns in "$there" "/proc/$there/ns/mnt"; do
    expect_output '/there 10' ipctl shm ls --ns "$ns" --raw -b --noheadings -o name,size
    expect_output "$there shm-hold (mapped rw)" ipctl shm stat --ns="$ns" --noheadings -o holders /there
    expect_output '' ipctl shm create --ns "$ns" /new 10 -m 0640
    expect_output '640 10' inside stat -c '%a %s' /dev/shm/new
    [ "$(inside stat -c %b /dev/shm/new)" -gt 0 ] || fail "no memory is taken"
    expect_output '' ipctl shm write --ns "$ns" /new outside
    expect_output outside inside "$helpers/shm-get" /new 0 7
    inside "$helpers/shm-put" /new 0 INSIDE
    expect_output INSIDEe ipctl shm read --ns "$ns" /new --length 7
    expect_output INSIDEe ipctl shm run --ns "$ns" /new -- sh -c 'head -c 7 <&$IPCTL_FD'
    expect_output '' ipctl shm resize --ns "$ns" /new 20
    expect_output 20 inside "$helpers/shm-size" /new
    expect_status 1 ipctl shm resize --ns "$ns" /there 5
    expect_error "is mapped by $there shm-hold"
    expect_status 3 ipctl shm listen -n --ns "$ns" /new
    expect_output '' ipctl shm copy --ns "$ns" /new /copy
    expect_output 'copy new there' sh -c 'nsenter -m -t "$1" -- ls -A /dev/shm | xargs' sh "$there"
    expect_output '' ipctl shm copy --ns "$ns" /new ./file
    expect_output 20 stat -c %s file
    rm file
    expect_status 4 ipctl shm read --ns "$ns" /here
    expect_status 4 ipctl shm rm --ns "$ns" /here
    expect_output '' ipctl shm rm --ns "$ns" /new /copy
    expect_output here ls -A /dev/shm
done
expect_output '/here' ipctl shm ls --noheadings -o name
expect_status 4 ipctl shm read /there
ipctl shm rm /here
