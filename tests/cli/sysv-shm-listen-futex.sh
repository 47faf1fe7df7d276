#!/bin/sh
# sysv-shm listen --futex is woken by a C program's FUTEX_WAKE and prints the region; other writes and words are nothing to it.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 64 600)
mkfifo ready
background sh -c 'exec ipctl sysv-shm listen --futex 8 --offset 8 --length 8 --encode hex --ready-fd 5 0x2a 5>ready >got'
read -r _ <ready
sysv-shm-put "$id" 12 x
sysv-shm-wake "$id" 0 1
sysv-shm-wake "$id" 16 1
sysv-shm-wake "$id" 8 1
wait_until grep -q ^01 got
sysv-shm-put "$id" 12 y
sysv-shm-wake "$id" 8 2
wait_until grep -q ^02 got
sysv-shm-put "$id" 12 z
sysv-shm-wake "$id" 8 3
wait_until grep -q ^03 got
kill "$bg"
wait "$bg" || :
# The value may be seen before the call that wakes.
expect_output '0100000078000000
0200000079000000
030000007a000000' uniq got

# It sleeps in the kernel until then, and does not poll.
background sh -c 'exec ipctl sysv-shm listen -c 1 --futex 8 --length 4 --offset 8 --encode hex --ready-fd 5 0x2a 5>ready >got'
read -r _ <ready
ticks() { awk '{print $14 + $15}' "/proc/$bg/stat"; }
before=$(ticks)
sleep 0.5
[ $(($(ticks) - before)) -lt 10 ] || fail "it is busy"
sysv-shm-wake "$id" 8 258
wait "$bg" || fail "status $?"
expect_output 02010000 cat got
ipctl sysv-shm rm 0x2a
