#!/bin/sh
# sysv-shm create --size: needed, at least 1, at most kernel.shmmax; exact to the byte, with units, as C and the kernel's table see it.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
expect_status 2 ipctl sysv-shm create 0x2a
expect_error --size
for size in 0 '' -1 x 1Q 99999999999999999999 18446744073709551616; do
    expect_status 2 ipctl sysv-shm create 0x2a "--size=$size"
    expect_error --size
done
expect_status 2 ipctl sysv-shm create --size 0 private
expect_error 'at least 1 byte'
expect_output '' ipctl sysv-shm ls --noheadings
for pair in 1:1 4095:4095 4097:4097 5K:5120 1MiB:1048576 1MB:1000000 1.5K:1536; do
    expect_status 0 ipctl sysv-shm create 0x2a --size "${pair%:*}"
    expect_output "segsz ${pair#*:}" sh -c "perl '$top/tests/helpers/sysv.pl' stat shm 0x2a | grep segsz"
    expect_output "${pair#*:}" ipctl sysv-shm stat -b --noheadings -o size 0x2a
    ipctl sysv-shm rm 0x2a
done
expect_status 1 ipctl sysv-shm create 0x2a --size 18446744073709551615
[ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
echo 10000 2>/dev/null >/proc/sys/kernel/shmmax || skip "kernel.shmmax cannot be changed here"
expect_status 0 ipctl sysv-shm create 0x2a --size 10000
expect_status 1 ipctl sysv-shm create 0x2b --size 10001
expect_error '0x0000002b: 10001 bytes are more than kernel.shmmax = 10000: sysctl kernel.shmmax=N raises it'
! grep -qi 'invalid' "$err" || fail "the kernel's words: $(cat "$err")"
expect_status 5 ipctl sysv-shm create --if-missing 0x2a --size 10001
expect_error 'size is 10000, not 10001'
ipctl sysv-shm rm 0x2a
