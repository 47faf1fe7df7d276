#!/bin/sh
# sysv-shm create beyond kernel.shmall (ENOSPC): the error names that limit, what is in use and what is needed, all in pages.
. "$(dirname "$0")/lib.sh"

echo 10 2>/dev/null >/proc/sys/kernel/shmall || skip "kernel.shmall cannot be changed here"
page=$(getconf PAGESIZE)
id=$(sysv-shm-make 0x2a $((page * 4 + 1)) 600)
refused() {
    expect_status 1 ipctl sysv-shm create --size "$1"
    expect_error "it needs $2 pages of $page bytes, and $3 of kernel.shmall = $4 are in use"
    expect_error 'sysctl kernel.shmall=N'
    ! grep -qi -e 'space left' -e shmmni "$err" || fail "talks of something else: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
refused $((page * 6)) 6 5 10
refused $((page * 5 + 1)) 6 5 10
refused $((page * 1000)) 1000 5 10
expect_status 0 ipctl sysv-shm create 0x2b --size $((page * 5))
refused 1 1 10 10
expect_status 5 ipctl sysv-shm create 0x2a --size 1
expect_output "$id" ipctl sysv-shm create 0x2a --if-missing --size $((page * 4 + 1))
echo 3 >/proc/sys/kernel/shmall
refused 1 1 10 3
ipctl sysv-shm rm "$id" 0x2b
refused $((page * 4)) 4 0 3
expect_status 0 ipctl sysv-shm create 0x2b --size $((page * 3))
ipctl sysv-shm rm 0x2b
# Both are reached: what is said is true.
echo 0 >/proc/sys/kernel/shmmni
expect_status 1 ipctl sysv-shm create --size $page
expect_error '0 of kernel.shmmni = 0'
