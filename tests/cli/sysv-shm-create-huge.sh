#!/bin/sh
# sysv-shm create --huge where no huge pages were set aside, and as nobody: the error tells what there is, or who may; no segment is left.
. "$(dirname "$0")/lib.sh"

[ -e /proc/sys/vm/nr_hugepages ] || skip "this kernel has no huge pages"
[ "$(cat /proc/sys/vm/nr_hugepages)" = 0 ] || skip "this machine has huge pages"
[ "$(cat /proc/sys/vm/nr_overcommit_hugepages)" = 0 ] || skip "this machine makes huge pages when asked"
size=$(awk '/^Hugepagesize:/ {print $2 * 1024}' /proc/meminfo)
[ -n "$size" ] || skip "this kernel has no huge pages"
if [ "$root" = yes ]; then
    expect_status 1 ipctl sysv-shm create 0x2a --size 1 --huge
    expect_error "not enough huge pages: it needs 1 of $size bytes; of vm.nr_hugepages = 0, 0 are free"
    expect_error 'sysctl vm.nr_hugepages=N'
    expect_status 1 ipctl sysv-shm create 0x2a --size $((size * 3 + 1)) --huge
    expect_error "it needs 4 of $size bytes"
    expect_status 1 ipctl sysv-shm create 0x2a --size "$size" --huge -J --owner nobody
    expect_error "it needs 1 of $size bytes"
    expect_status 1 as_nobody prlimit --memlock=0 ipctl sysv-shm create 0x2a --size 1 --huge
    expect_error 'huge pages need CAP_IPC_LOCK'
    expect_error "vm.hugetlb_shm_group = $(cat /proc/sys/vm/hugetlb_shm_group)"
    expect_error 'ulimit -l'
fi
expect_status 1 ipctl sysv-shm create 0x2a --size 1 --huge
! grep -qi 'cannot allocate memory' "$err" || fail "the kernel's words: $(cat "$err")"
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_output '' ipctl sysv-shm ls --noheadings
