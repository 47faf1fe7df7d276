#!/bin/sh
# shm listen --futex is woken by a C program's FUTEX_WAKE and prints the region; other writes and words are nothing to it.
. "$(dirname "$0")/lib.sh"

shm-make /here 64
mkfifo ready
background sh -c 'exec ipctl shm listen --futex 8 --offset 8 --length 8 --encode hex --ready-fd 5 /here 5>ready >got'
read -r _ <ready
shm-put /here 12 x
shm-wake /here 0 1
shm-wake /here 16 1
shm-wake /here 8 1
wait_until grep -q ^01 got
shm-put /here 12 y
shm-wake /here 8 2
wait_until grep -q ^02 got
shm-put /here 12 z
shm-wake /here 8 3
wait_until grep -q ^03 got
kill "$bg"
wait "$bg" || :
# The value may be seen before the call that wakes.
expect_output '0100000078000000
0200000079000000
030000007a000000' uniq got

ipctl shm rm /here
