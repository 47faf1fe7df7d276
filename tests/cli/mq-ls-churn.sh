#!/bin/sh
# mq ls and stat while queues come and go: what vanishes between looking and telling is left out, never an error.
. "$(dirname "$0")/lib.sh"

# Small ones: all queues of a user share RLIMIT_MSGQUEUE.
echo 128 2>/dev/null >/proc/sys/fs/mqueue/msgsize_default || :
ipctl mq create /stays
background python3 -c 'import os
while True:
    for i in range(5): os.close(os.open(f"/dev/mqueue/churn-{i}", os.O_RDWR | os.O_CREAT))
    for i in range(5): os.unlink(f"/dev/mqueue/churn-{i}")'
wait_until test -e /dev/mqueue/churn-4
users='env'
if [ "$root" = yes ]; then users="env as_nobody"; fi
for user in $users; do
    for _ in $(seq 60); do
        expect_status 0 $user ipctl mq ls -q --noheadings -o +holders,inode
        grep -q '^/stays ' "$out" || fail "one that stays is not listed: $(cat "$out")"
        [ ! -s "$err" ] || fail "complains $(cat "$err")"
    done
done
kill "$bg"
wait "$bg" || :
rm -f /dev/mqueue/churn-*
ipctl mq rm /stays
