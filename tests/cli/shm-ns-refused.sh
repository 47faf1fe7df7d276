#!/bin/sh
# --ns with what is no mount namespace, no process, or not permitted: one line that says which, and nothing is done.
. "$(dirname "$0")/lib.sh"

refused() {
    status=$1
    pattern=$2
    shift 2
    expect_status "$status" "$@"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
}
true &
wait $!
refused 4 'no such process' ipctl shm ls --ns $!
refused 4 'no such process' ipctl shm create --ns 4194304 /new 10
refused 4 'no such process' ipctl shm rm --ns 0 /new
refused 4 'No such file' ipctl shm read --ns /no/such/file /new
refused 1 'not a mount namespace' ipctl shm ls --ns /proc/self/ns/ipc
refused 1 'not a mount namespace' ipctl shm ls --ns /dev/null
refused 1 'not a mount namespace' ipctl shm create --ns / /new 10
refused 125 'not a mount namespace' ipctl shm run --ns / /new -- true
expect_output '' ls -A /dev/shm
for ns in $$ /proc/self/ns/mnt; do
    expect_output '' ipctl shm create --ns $ns /new 10
    expect_output new ls -A /dev/shm
    expect_status 5 ipctl shm create --ns $ns /new 10
    expect_output '' ipctl shm rm --ns $ns /new
    expect_output '' ls -A /dev/shm
done
if [ "$root" = yes ]; then
    background unshare -m sleep 1000
    wait_until grep -q sleep "/proc/$bg/comm"
    refused 1 'not permitted' as_nobody ipctl shm ls --ns "$bg"
    refused 1 'not permitted' as_nobody ipctl shm ls --ns "/proc/$bg/ns/mnt"
fi
