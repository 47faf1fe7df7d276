#!/bin/sh
# sem create in a full /dev/shm, or one that has no more files: each has its own message, and nothing is left behind.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o size=1m,mode=1777 shm /dev/shm
head -c 2M /dev/zero >/dev/shm/fill 2>/dev/null || :
expect_status 1 ipctl sem create /s --value 1
expect_error '/s: /dev/shm is full'
expect_error ' of 1048576'
expect_error 'remount,size='
expect_status 1 ipctl sem create /s --if-missing
expect_error '/dev/shm is full'
expect_output fill ls -A /dev/shm
truncate -s 1020K /dev/shm/fill
expect_output '' ipctl sem create /s --value 1
expect_output 1 sem-op /s value
expect_status 5 ipctl sem create /s
umount /dev/shm

mount -t tmpfs -o nr_inodes=5,mode=1777 shm /dev/shm
for name in a b c; do ipctl sem create /$name --value 1; done
expect_status 1 ipctl sem create /d --value 1
expect_error '/d: /dev/shm has as many files as it may, 5'
expect_output 'a b c' sh -c 'ls -A /dev/shm | sed s/sem.// | xargs'
expect_output '' ipctl sem rm /a
expect_output '' ipctl sem create /d --value 1
umount /dev/shm
expect_output '' ls -A /dev/shm
