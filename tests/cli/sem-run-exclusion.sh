#!/bin/sh
# sem run: two at once on a semaphore of value 1 never overlap, whoever begins first.
. "$(dirname "$0")/lib.sh"

mkdir jobs
shm-make /m 32
sem-make /s 1
sem-init shm:/m+0 1
for address in /s shm:/m+0; do
    loops=
    for _ in 1 2; do
        background sh -c "for _ in 1 2 3 4 5 6 7 8; do ipctl sem run $address -- job-count jobs 1 10 || exit 1; done"
        loops="$loops $bg"
    done
    for loop in $loops; do wait "$loop" || fail "two ran at once, or status $?"; done
    expect_output '16 1' sh -c 'sort jobs/counts | uniq -c | xargs'
    rm jobs/counts
    expect_output 1 sem-op $address value
done
ipctl sem rm /s
rm /dev/shm/m
