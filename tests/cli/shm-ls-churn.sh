#!/bin/sh
# shm ls and stat while objects come and go: what vanishes between looking and telling is left out, never an error.
. "$(dirname "$0")/lib.sh"

ipctl shm create /stays 10
background python3 -c 'import mmap, os
while True:
    for i in range(5):
        fd = os.open(f"/dev/shm/churn-{i}", os.O_RDWR | os.O_CREAT)
        os.ftruncate(fd, 10)
        memory = mmap.mmap(fd, 10)
        os.close(fd)
    for i in range(5): os.unlink(f"/dev/shm/churn-{i}")'
wait_until test -e /dev/shm/churn-4
users='env'
if [ "$root" = yes ]; then users="env as_nobody"; fi
for user in $users; do
    for _ in $(seq 40); do
        expect_status 0 $user ipctl shm ls -q --noheadings -o +holders,inode
        grep -q '^/stays ' "$out" || fail "one that stays is not listed: $(cat "$out")"
        [ ! -s "$err" ] || fail "complains $(cat "$err")"
        expect_status 0 $user ipctl shm ls -q --deleted --noheadings
        ! grep -q /stays "$out" || fail "one that stays is called deleted: $(cat "$out")"
        [ ! -s "$err" ] || fail "complains $(cat "$err")"
    done
done
kill "$bg"
wait "$bg" || :
rm -f /dev/shm/churn-*
ipctl shm rm /stays
