#!/bin/sh
# sem --ns with what is no mount namespace, no process, or not permitted: one line that says which, and nothing is done.
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
refused 4 'no such process' ipctl sem ls --ns $!
refused 4 'no such process' ipctl sem post --ns 4194304 /s
refused 4 'no such process' ipctl sem run --ns 0 /s -- true
refused 4 'No such file' ipctl sem ls --ns /no/such/file
refused 1 'namespace' ipctl sem ls --ns /proc/self/ns/net
refused 1 'namespace' ipctl sem ls --ns /proc/self/ns/ipc
refused 1 'namespace' ipctl sem create --ns /dev/null /s
refused 1 'namespace' ipctl sem create --ns / /s
expect_output '' ls -A /dev/shm
expect_status 0 ipctl sem ls --ns $$
expect_status 0 ipctl sem ls --ns /proc/self/ns/mnt
if [ "$root" = yes ]; then
    background unshare -m sleep 1000
    wait_until grep -q sleep "/proc/$bg/comm"
    refused 1 'not permitted' as_nobody ipctl sem ls --ns "$bg"
    refused 1 'not permitted' as_nobody ipctl sem ls --ns "/proc/$bg/ns/mnt"
fi
