#!/bin/sh
# sysv-shm --ns with what is no IPC namespace, no process, or not permitted: one line that says which, and nothing is done.
. "$(dirname "$0")/lib.sh"

refused() {
    status=$1
    pattern=$2
    shift 2
    expect_status "$status" "$@"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
true &
wait $!
refused 4 'no such process' ipctl sysv-shm ls --ns $!
refused 4 'no such process' ipctl sysv-shm create --ns 4194304 0x2a --size 10
refused 4 'no such process' ipctl sysv-shm rm --ns 0 0x2a
refused 4 'No such file' ipctl sysv-shm read --ns /no/such/file 0x2a
refused 1 'not an IPC namespace' ipctl sysv-shm ls --ns /proc/self/ns/mnt
refused 1 'not an IPC namespace' ipctl sysv-shm listen --ns /dev/null 0x2a
refused 125 'not an IPC namespace' ipctl sysv-shm run --ns / 0x2a -- true
expect_output '' ipctl sysv-shm ls --noheadings
# One's own is as good as none.
for ns in $$ /proc/self/ns/ipc; do
    expect_status 0 ipctl sysv-shm create --ns $ns 0x2a --size 10
    expect_output 0x0000002a ipctl sysv-shm ls --noheadings -o key
    expect_output '' ipctl sysv-shm rm --ns $ns 0x2a
done
if [ "$root" = yes ]; then
    background unshare -i sleep 1000
    wait_until grep -q sleep "/proc/$bg/comm"
    for verb in 'ls' 'create --size 10' 'stat 0' 'lock 0'; do
        # shellcheck disable=SC2086  # words
        refused 1 'not permitted' as_nobody ipctl sysv-shm $verb --ns "$bg"
        # shellcheck disable=SC2086  # words
        refused 1 'not permitted' as_nobody ipctl sysv-shm $verb --ns "/proc/$bg/ns/ipc"
    done
    refused 125 'not permitted' as_nobody ipctl sysv-shm run --ns "$bg" 0 -- true
fi
