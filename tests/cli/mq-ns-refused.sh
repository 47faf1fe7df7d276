#!/bin/sh
# --ns with what is no IPC namespace, no process, or not permitted: one line that says which, and nothing is done.
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
refused 4 'no such process' ipctl mq ls --ns $!
refused 4 'no such process' ipctl mq ls --ns 4194304
refused 4 'no such process' ipctl mq ls --ns 0
refused 4 'No such file' ipctl mq ls --ns /no/such/file
refused 1 'not an IPC namespace' ipctl mq ls --ns /proc/self/ns/net
refused 1 'not an IPC namespace' ipctl mq ls --ns /dev/null
refused 1 'not an IPC namespace' ipctl mq create --ns / /q
expect_output '' ls /dev/mqueue
expect_status 0 ipctl mq ls --ns $$
expect_status 0 ipctl mq ls --ns /proc/self/ns/ipc
if [ "$root" = yes ]; then
    background unshare -i sleep 1000
    wait_until grep -q sleep "/proc/$bg/comm"
    refused 1 'not permitted' as_nobody ipctl mq ls --ns "$bg"
    refused 1 'not permitted' as_nobody ipctl mq ls --ns "/proc/$bg/ns/ipc"
fi
