#!/bin/sh
# A message that can be neither written nor go back is saved to a file, which the error names, and is complete there.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

mq-make /jobs 10 8192 0444
saved() {
    file=$(grep -o "$2/mq-jobs-p7-[A-Za-z0-9]*" "$1") || fail "names no file: $(cat "$1")"
    cmp data "$file"
    [ "$(stat -c %a "$file")" = 600 ] || fail "mode $(stat -c %a "$file")"
    rm "$file"
}

# A reader without the right to write.
head -c 8000 /dev/urandom >data
if [ "$root" = yes ]; then
    mq-send /jobs 7 <data
    cp "$ipctl" ipctl-copy  # nobody may be unable to reach the one under test
    expect_status 1 as_nobody sh -c 'exec ./ipctl-copy mq recv /jobs >/dev/full'
    expect_error 'No space left'
    saved "$err" "$tmp/.nobody/state/ipctl"
    expect_status 3 mq-recv -n /jobs
fi

# A queue that others filled meanwhile: ipctl waits in write(2), with a message that the pipe has no room for.
chmod 600 /dev/mqueue/jobs
mkfifo pipe
background sh -c 'exec sleep 1000 <pipe'
reader=$bg
background sh -c 'exec ipctl mq recv -c 10 /jobs >pipe 2>errors'
for _ in 1 2 3 4 5 6 7 8 9 10; do mq-send /jobs 7 <data; done
wait_until grep -q '^QSIZE:8000 ' /dev/mqueue/jobs
mq-flood /jobs filler 9
kill "$reader"
status=0
wait "$bg" || status=$?
[ $status = 141 ] || fail "status $status, not that of SIGPIPE"
saved errors "$XDG_STATE_HOME/ipctl"
ipctl mq rm /jobs
