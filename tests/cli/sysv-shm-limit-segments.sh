#!/bin/sh
# sysv-shm create beyond kernel.shmmni (ENOSPC): the error names that limit and its use; it has nothing to do with disks.
. "$(dirname "$0")/lib.sh"

echo 3 2>/dev/null >/proc/sys/kernel/shmmni || skip "kernel.shmmni cannot be changed here"
one=$(sysv-shm-make private 10 600)
two=$(ipctl sysv-shm create 0x2 --size 10)
three=$(ipctl sysv-shm create --size 100)
for command in '' private 0x4 '0x4 --if-missing' '-J 0x4 -m 0644'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sysv-shm create --size 10 $command
    expect_error '3 of kernel.shmmni = 3'
    expect_error 'ipctl sysv-shm ls'
    expect_error 'sysctl kernel.shmmni=N'
    ! grep -qi -e 'space left' -e shmall "$err" || fail "talks of something else: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
if [ "$root" = yes ]; then
    expect_status 1 as_nobody ipctl sysv-shm create --size 10
    expect_error '3 of kernel.shmmni = 3'
fi
expect_status 5 ipctl sysv-shm create 0x2 --size 10
expect_output "$two" ipctl sysv-shm create --if-missing 0x2 --size 10
ipctl sysv-shm rm "$one"
echo 1 >/proc/sys/kernel/shmmni
expect_status 1 ipctl sysv-shm create --size 10
expect_error '2 of kernel.shmmni = 1'
echo 3 >/proc/sys/kernel/shmmni
expect_status 0 ipctl sysv-shm create 0x4 --size 10
ipctl sysv-shm rm 0x4 "$two" "$three"
