#!/bin/sh
# sysv-shm where kernel.shm_rmid_forced is 1: a segment goes with its last attachment, or with its creator; ipctl says what is so.
. "$(dirname "$0")/lib.sh"

(echo 1 >/proc/sys/kernel/shm_rmid_forced) 2>/dev/null || skip "kernel.shm_rmid_forced cannot be changed here"
expect_status 0 ipctl sysv-shm create 0x2a --size 10
id=$(cat "$out")
expect_status 4 ipctl sysv-shm stat "$id"
expect_status 4 ipctl sysv-shm read 0x2a
expect_output '' ipctl sysv-shm ls --noheadings
# Its creator lives, and nobody attached it yet.
background perl -e '$| = 1; print shmget(0x2b, 100, 01000 | 0600), "\n"; sleep 1000' >made
wait_until test -s made
expect_output "$(cat made) 0 live" ipctl sysv-shm ls --raw --noheadings -o id,attached,state
expect_status 0 ipctl sysv-shm create --if-missing 0x2b --size 100
expect_output live ipctl sysv-shm stat --noheadings -o state 0x2b
# While it is attached it lives; to read it attaches and detaches it.
background sysv-shm-hold "$(cat made)" >held
wait_until grep -q ready held
expect_output '' ipctl sysv-shm write 0x2b text
expect_output text ipctl sysv-shm read --length 4 0x2b
expect_output 1 ipctl sysv-shm stat --noheadings -o attached 0x2b
kill "$bg"
wait "$bg" || :
expect_status 4 ipctl sysv-shm read 0x2b
expect_output '' ipctl sysv-shm ls --noheadings
