#!/bin/sh
# sysv-shm write and read against C programs, both ways, at offsets to the very last byte, by id and by key.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 5000 600)
for sel in "$id" 0x2a key:42 key:0x2A; do
    sysv-shm-put "$id" 0 from-c
    sysv-shm-put "$id" 4090 across-a-page
    sysv-shm-put "$id" 4999 z
    expect_output from-c ipctl sysv-shm read --length 6 $sel
    expect_output across-a-page ipctl sysv-shm recv --offset 4090 --length 13 $sel
    expect_output z ipctl sysv-shm recv --offset 4999 $sel
    expect_output '' ipctl sysv-shm write $sel ipctl
    expect_output ipctlc sysv-shm-get "$id" 0 6
    expect_output '' ipctl sysv-shm send --offset 4K $sel FOUR-K
    expect_output acrossFOUR-Ke sysv-shm-get "$id" 4090 13
    expect_output '' ipctl sysv-shm send --offset 4999 $sel E
    expect_output E sysv-shm-get "$id" 4999 1
done
# What one side makes, the other uses and removes.
own=$(ipctl sysv-shm create 0x2b --size 10)
sysv-shm-put "$own" 2 abc
expect_output 00006162630000000000 ipctl sysv-shm read --encode hex 0x2b
sysv-rm shm "$own"
expect_status 4 ipctl sysv-shm read 0x2b
expect_status 4 ipctl sysv-shm read "$own"
ipctl sysv-shm rm 0x2a
! sysv-exists shm "$id" || fail "still there for C"
