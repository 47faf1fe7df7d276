#!/bin/sh
# sem destroy while somebody waits: refused with their number, and they can be woken still; --force does it.
. "$(dirname "$0")/lib.sh"

shm-make /m 128
sem-init shm:/m+64 0
waiters() { [ "$(od -An -tu4 -j68 -N4 /dev/shm/m)" -eq "$1" ]; }
background sem-op shm:/m+64 wait
one=$bg
background sem-op shm:/m+64 wait
wait_until waiters 2
expect_status 1 ipctl sem destroy shm:/m+64
expect_error 'shm:/m+64: those who wait on it, 2, would wait'
expect_error --force
expect_output 2 ipctl sem stat -o waiters --noheadings shm:/m+64
expect_output '' ipctl sem post -c 2 shm:/m+64
wait "$one" "$bg"
expect_output '' ipctl sem destroy shm:/m+64

sem-init shm:/m+64 0
background sem-op shm:/m+64 wait
wait_until waiters 1
expect_output '' ipctl sem destroy --force shm:/m+64
expect_status 1 ipctl sem post shm:/m+64
expect_error 'no semaphore'
rm /dev/shm/m
