#!/bin/sh
# sem ls and stat while semaphores come and go: what vanishes between looking and telling is left out, never an error.
. "$(dirname "$0")/lib.sh"

ipctl sem create /stays -m 0644
background python3 -c 'import _multiprocessing as m
while True:
    for i in range(5): m.SemLock(1, 1, 9, f"/churn-{i}", False)
    for i in range(5): m.sem_unlink(f"/churn-{i}")'
wait_until test -e /dev/shm/sem.churn-4
users='env'
if [ "$root" = yes ]; then users="env as_nobody"; fi
for user in $users; do
    for _ in $(seq 60); do
        expect_status 0 $user ipctl sem ls -q --noheadings -o +holders,inode
        grep -q '^/stays ' "$out" || fail "one that stays is not listed: $(cat "$out")"
        [ ! -s "$err" ] || fail "complains $(cat "$err")"
        status=0
        ipctl sem stat /churn-2 /stays >/dev/null 2>"$err" || status=$?
        [ $status = 0 ] || [ $status = 4 ] || fail "stat: status $status: $(cat "$err")"
    done
done
kill "$bg"
wait "$bg" || :
find /dev/shm -name "sem.*" ! -name sem.stays -delete
ipctl sem rm /stays
