#!/bin/sh
# sem rm of several: all that can be are removed, the others named; status 4 when every failure is a missing one, else 1.
. "$(dirname "$0")/lib.sh"

for name in a b c d; do sem-make /$name 1; done
expect_output '' ipctl sem rm /a b
expect_output 'sem.c sem.d' sh -c 'ls /dev/shm | xargs'
expect_status 4 ipctl sem rm /none //c /gone
expect_error '/none: no such semaphore'
expect_error '/gone: no such semaphore'
expect_output sem.d ls /dev/shm
expect_status 4 ipctl sem rm /none
expect_output '' ipctl sem rm --force /none
expect_output '' ipctl sem rm --force /none /d /gone
expect_output '' ls /dev/shm
sem-make /a 1
expect_status 4 ipctl sem rm /a /a
sem-make /a 1
echo stray >/dev/shm/sem.b
expect_status 1 ipctl sem rm /none /b /a
expect_output sem.b ls /dev/shm
rm /dev/shm/sem.b
expect_status 2 ipctl sem rm
expect_error NAME
expect_status 2 ipctl sem rm --forse /a
expect_error "'--force'"
# An address is no name: what is there is destroyed, not removed. Nothing at all is removed then.
shm-make /m 64
sem-init shm:/m+8 1
sem-make /a 1
for address in shm:/m+8 file:/m+8; do
    expect_status 2 ipctl sem rm /a $address
    expect_error "'$address'"
done
expect_output 'm sem.a' sh -c 'ls /dev/shm | xargs'
expect_output '' ipctl sem rm /a
rm /dev/shm/m
