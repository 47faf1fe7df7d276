#!/bin/sh
# sem destroy ADDRESS: afterwards its bytes are zeros and it is no semaphore; what is beside it stays.
. "$(dirname "$0")/lib.sh"

shm-make /m 128
shm-put /m 0 'before: 32 bytes that must stay.'
shm-put /m 64 'behind: 32 bytes that must stay.'
shm-get /m 0 128 >before
for init in 'ipctl sem init shm:/m+32 --value 3' 'sem-init shm:/m+32 3'; do
    $init
    expect_output '' ipctl sem destroy shm:/m+32
    shm-get /m 0 128 | cmp - before
    for verb in post wait 'wait -n' 'listen -n' destroy 'destroy --force'; do
        # shellcheck disable=SC2086  # words
        expect_status 1 ipctl sem $verb shm:/m+32
        expect_error 'shm:/m+32: is no semaphore'
    done
    expect_status 125 ipctl sem run shm:/m+32 -- true
    expect_error 'no semaphore'
    expect_output - ipctl sem stat -o value --raw --noheadings shm:/m+32
done
shm-get /m 0 128 | cmp - before
expect_status 1 ipctl sem destroy shm:/m+64
expect_error 'no semaphore'
shm-get /m 0 128 | cmp - before
expect_status 4 ipctl sem destroy shm:/none+8
rm /dev/shm/m
