#!/bin/sh
# sem addresses: +OFFSET is decimal, or hexadecimal after 0x, 0 when missing; one at which no semaphore can be is refused by all.
. "$(dirname "$0")/lib.sh"

shm-make /m 512
expect_output '' ipctl sem init shm:/m --value 1
expect_output '' ipctl sem init shm:/m+0x40 --value 2
expect_output '' ipctl sem init shm:/m+160 --value 3
expect_output '' ipctl sem init shm:/m+0xC8 --value 4
for pair in 0:1 64:2 160:3 200:4; do expect_output "${pair#*:}" sem-op "shm:/m+${pair%:*}" value; done
expect_output 2 ipctl sem stat -o value --noheadings shm:/m+64
expect_output 160 ipctl sem stat -o offset --noheadings shm:/m+0xa0

for offset in 3 12 1 0x41; do
    for verb in init destroy post wait stat; do
        expect_status 2 ipctl sem $verb "shm:/m+$offset"
        expect_error "'shm:/m+$offset'"
        expect_error 'multiple of 8'
    done
    expect_status 2 ipctl sem run "file:m+$offset" -- true
    expect_error 'multiple of 8'
done
expect_status 2 ipctl sem init shm:/m+9223372036854775800
expect_error "no file is so long"
# What is no number belongs to the name.
for offset in x -8 0x 8x '' ' 8' 18446744073709551616; do
    expect_status 4 ipctl sem post "shm:/m+$offset"
    expect_status 4 ipctl sem post "file:m+$offset"
done
rm /dev/shm/m
