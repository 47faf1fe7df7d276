#!/bin/sh
# sysv-shm create of more memory than there is: refused, naming --no-reserve; with that it costs nothing, and its far end is usable.
. "$(dirname "$0")/lib.sh"

[ "$(cat /proc/sys/vm/overcommit_memory)" = 0 ] || skip "vm.overcommit_memory is not 0 here"
size=20000000000000
expect_status 1 ipctl sysv-shm create 0x2a --size $size
expect_error "does not promise $size bytes of memory and swap"
expect_error vm.overcommit_memory
expect_error --no-reserve
! grep -qi 'cannot allocate' "$err" || fail "the kernel's words: $(cat "$err")"
expect_output '' ipctl sysv-shm ls --noheadings
id=$(ipctl sysv-shm create 0x2a --size $size --no-reserve)
expect_output "$size 0 0" ipctl sysv-shm stat -b --raw --noheadings -o size,rss,swap 0x2a
expect_output '' ipctl sysv-shm write --offset $((size - 4)) 0x2a last
expect_output last ipctl sysv-shm read --offset $((size - 4)) "$id"
expect_status 1 ipctl sysv-shm write --offset $((size - 3)) 0x2a last
expect_error "it has $size bytes"
expect_output "$(getconf PAGESIZE)" ipctl sysv-shm stat -b --noheadings -o rss 0x2a
expect_status 3 ipctl sysv-shm listen -n --offset $((size - 8)) 0x2a
expect_output "$id" ipctl sysv-shm create --if-missing --size $size 0x2a
# Its users need addresses.
if command -v prlimit >/dev/null && ! grep -qa libasan "$ipctl" && [ "$(stat -c %s "$ipctl")" -lt 30000000 ]; then
    expect_status 1 prlimit --as=1000000000 "$ipctl" sysv-shm read --length 1 0x2a
    expect_error "no room for it among this process's addresses"
fi
ipctl sysv-shm rm "$id"
