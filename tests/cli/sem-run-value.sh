#!/bin/sh
# sem run holds the semaphore while CMD runs and gives it back; named and unnamed, seen by C.
. "$(dirname "$0")/lib.sh"

shm-make /m 128
truncate -s 128 data
sem-make /s 3
sem-init shm:/m+64 3
sem-init file:data+8 3
for address in /s shm:/m+64 file:data+8; do
    expect_output 2 ipctl sem run $address -- sem-op $address value
    expect_output 3 sem-op $address value
    expect_output 0 ipctl sem run $address -- ipctl sem run $address -- ipctl sem run $address -- sem-op $address value
    expect_output 3 sem-op $address value
    # CMD has taken one for itself, or given one more.
    expect_output '' ipctl sem run $address -- sem-op $address wait
    expect_output 2 sem-op $address value
    expect_output '' ipctl sem run $address -- ipctl sem post $address
    expect_output 3 sem-op $address value
done
# It waits for one, and C wakes it.
sem-op /s wait 3
waiters() { [ "$(od -An -tu4 -j4 -N4 /dev/shm/sem.s)" -eq 1 ]; }
background ipctl sem run /s -- touch ran
wait_until waiters
[ ! -e ran ] || fail "runs without one"
sem-op /s post
wait "$bg"
[ -e ran ] || fail "did not run"
expect_output 1 sem-op /s value
ipctl sem rm /s
rm /dev/shm/m
