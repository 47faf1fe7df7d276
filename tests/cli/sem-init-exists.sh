#!/bin/sh
# sem init where a semaphore is already: status 5 and its value stays; --force replaces it.
. "$(dirname "$0")/lib.sh"

shm-make /m 128
truncate -s 128 data
for place in shm:/m file:data; do
    ipctl sem init $place+64 --value 3
    sem-init $place+0 4
    for address in $place+64 $place+0 $place; do
        expect_status 5 ipctl sem init $address --value 1
        expect_error "$address: a semaphore is there already"
        expect_error --force
    done
    expect_output 3 sem-op $place+64 value
    expect_output 4 sem-op $place+0 value
    expect_output '' ipctl sem init $place+0 --force --value 1
    expect_output '' ipctl sem init $place+64 --force
    expect_output 1 sem-op $place+0 value
    expect_output 0 sem-op $place+64 value
    # After sem_destroy, not before, it is free again.
    ipctl sem destroy $place+64
    expect_output '' ipctl sem init $place+64 --value 2
    expect_output 2 sem-op $place+64 value
done
# Other bytes are no obstacle: they are nobody's.
shm-put /m 32 'not a semaphore'
expect_output '' ipctl sem init shm:/m+32 --value 6
expect_output 6 sem-op shm:/m+32 value
rm /dev/shm/m
