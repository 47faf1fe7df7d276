#!/bin/sh
# sem rm of a semaphore in use: its users go on among themselves; the name is free for another.
. "$(dirname "$0")/lib.sh"

shown() { [ "$(od -An -tu4 -j4 -N4 /dev/shm/sem.s)" -eq 2 ]; }
sem-make /s 0
ln /dev/shm/sem.s /dev/shm/kept
background sem-op /s wait
c=$bg
background ipctl sem wait /s
wait_until shown
expect_output '' ipctl sem rm /s
expect_status 4 ipctl sem post /s
expect_output '' ipctl sem create /s --value 5
expect_output '' ipctl sem wait -n /s
expect_output '2' ipctl sem stat --noheadings -o waiters shm:/kept
# The old one, reached as memory.
expect_output '' ipctl sem post -c 2 shm:/kept
wait "$c" "$bg"
expect_output 4 sem-op /s value
expect_output '' ipctl sem rm /s
rm /dev/shm/kept
