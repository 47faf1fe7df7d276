#!/bin/sh
# sysv-mq: a message that can be neither written nor go back, for the queue is full again or not writable, is saved; the error names the file.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 444)
head -c 8000 /dev/urandom >data
saved() {
    file=$(grep -o "$2/sysv-mq-$id-t7-[A-Za-z0-9]*" "$1") || fail "names no file: $(cat "$1")"
    cmp data "$file"
    [ "$(stat -c %a "$file")" = 600 ] || fail "mode $(stat -c %a "$file")"
    rm "$file"
}
if [ "$root" = yes ]; then
    sysv-mq-send "$id" 7 <data
    cp "$ipctl" ipctl-copy # nobody may be unable to reach the one under test
    expect_status 1 as_nobody sh -c 'exec ./ipctl-copy sysv-mq recv 0x2a >/dev/full'
    expect_error 'No space left'
    saved "$err" "$tmp/.nobody/state/ipctl"
    expect_status 3 sysv-mq-recv "$id" 0 nowait
fi
# A queue that others filled meanwhile: ipctl waits in write(2), with a message that the pipe has no room for.
ipctl sysv-mq set -m 0600 --bytes 8000 "$id"
mkfifo pipe
background sh -c 'exec sleep 1000 <pipe'
reader=$bg
background sh -c 'exec ipctl sysv-mq recv -c 20 0x2a >pipe 2>errors'
for _ in 1 2 3 4 5 6 7 8 9 10; do sysv-mq-send "$id" 7 <data; done
kill "$reader"
status=0
wait "$bg" || status=$?
[ $status = 141 ] || fail "status $status, not that of SIGPIPE"
saved errors "$XDG_STATE_HOME/ipctl"
ipctl sysv-mq rm "$id"
