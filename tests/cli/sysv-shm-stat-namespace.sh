#!/bin/sh
# sysv-shm stat: who has the segment of the same id and key in another IPC namespace attached is no holder of this one, nor the reverse.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
background sysv-shm-hold "$id" >here
here=$bg
wait_until grep -q ready here
background unshare -i sh -c 'sysv-shm-make 0x2a 10 600 >id && exec sysv-shm-hold "$(cat id)" 2 >there'
there=$bg
wait_until grep -q ready there
[ "$(cat id)" = "$id" ] || skip "the ids differ: $id and $(cat id)"
expect_output "1 $here\\x20sysv-shm-hold\\x20(mapped\\x20rw)" ipctl sysv-shm stat --raw --noheadings -o attached,holders 0x2a
expect_output "1 $here\\x20sysv-shm-hold\\x20(mapped\\x20rw)" ipctl sysv-shm ls --raw --noheadings -o attached,holders
expect_output "2 $there\\x20sysv-shm-hold\\x20(mapped\\x20rw)" ipctl sysv-shm stat --ns "$there" --raw --noheadings -o attached,holders 0x2a
# Nor one who maps a POSIX object or a file without a name.
background python3 -c 'import mmap, os, time
maps = []
for number in range(20):
    fd = os.memfd_create("SYSV0000002a")
    os.ftruncate(fd, 10)
    maps.append(mmap.mmap(fd, 10))
print("ready", flush=True)
time.sleep(1000)' >maps
wait_until grep -q ready maps
expect_output "$here sysv-shm-hold (mapped rw)" ipctl sysv-shm stat --noheadings -o holders 0x2a
kill "$here"
wait "$here" || :
expect_output '0 - unused' ipctl sysv-shm stat --raw --noheadings -o attached,holders,usage 0x2a
expect_output '2 used' ipctl sysv-shm ls --ns "$there" --raw --noheadings -o attached,usage
ipctl sysv-shm rm 0x2a
