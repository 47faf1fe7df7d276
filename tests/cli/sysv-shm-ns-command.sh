#!/bin/sh
# sysv-shm --ns NS -- CMD: CMD of run is inside, where the id means something; CMD of listen is outside, as of every listen.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

background unshare -i sh -c 'sysv-shm-make 0x2a 10 600 >id && echo $$ >ready; exec sleep 1000'
wait_until test -s ready
there=$(cat ready)
id=$(cat id)
inside() { nsenter -i -t "$there" "$@"; }
sysv-shm-make 0x2a 10 600 >own
here=$(readlink /proc/self/ns/ipc)
expect_output "$(readlink "/proc/$there/ns/ipc") $id" ipctl sysv-shm run --ns "$there" 0x2a -- sh -c 'echo "$(readlink /proc/self/ns/ipc) $IPCTL_ID"'
expect_output "$(readlink /proc/self/ns/mnt)" ipctl sysv-shm run --ns "$there" 0x2a -- readlink /proc/self/ns/mnt
expect_output '' ipctl sysv-shm run --ns "$there" 0x2a -- sh -c 'sysv-shm-put "$IPCTL_ID" 0 run'
expect_output run inside sysv-shm-get "$id" 0 3
mkfifo ready5
for options in '--interval 1ms' '--futex 4'; do
    # shellcheck disable=SC2086  # words
    background sh -c 'ns=$1; shift; exec ipctl sysv-shm listen "$@" -c 1 --encode hex --ready-fd 5 --ns "$ns" 0x2a -- \
        sh -c "echo \$(cat) \$(readlink /proc/self/ns/ipc) \$IPCTL_NAME" 5>ready5 >got' sh "$there" $options
    read -r _ <ready5
    sysv-shm-wake "$(cat own)" 4 77
    inside sysv-shm-wake "$id" 4 "$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')"
    wait "$bg" || fail "status $?"
    expect_output "$(inside sysv-shm-get "$id" 0 10 | od -An -tx1 | tr -d ' ') $here $id" cat got
done
# Removed there, it ends; what is of that name here is nothing to it.
background sh -c 'exec ipctl sysv-shm listen --interval 1ms --ready-fd 5 --ns "$1" 0x2a 5>ready5 2>errors' sh "$there"
read -r _ <ready5
inside sysv-rm shm "$id"
status=0
wait "$bg" || status=$?
[ $status = 4 ] || fail "status $status: $(cat errors)"
ipctl sysv-shm rm 0x2a
