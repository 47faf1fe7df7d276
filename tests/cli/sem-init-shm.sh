#!/bin/sh
# sem init shm:/NAME+OFFSET: a semaphore that C uses at the same place, several in one object; and the reverse.
. "$(dirname "$0")/lib.sh"

shm-make /m 200
expect_output '' ipctl sem init shm:/m+64 --value 3
expect_output '' ipctl sem init shm:/m+96
expect_output 3 sem-op shm:/m+64 value
expect_output 0 sem-op shm:/m+96 value
sem-op shm:/m+64 wait 2
sem-op shm:/m+96 post 5
expect_output 1 ipctl sem stat -o value --noheadings shm:/m+64
expect_output 5 ipctl sem stat -o value --noheadings shm:m+96
expect_output '' ipctl sem post shm:/m+64
expect_output 2 sem-op shm:/m+64 value

sem-init shm:/m+0 7
expect_output '' ipctl sem wait -n -c 7 shm:/m+0
expect_status 3 ipctl sem wait -n shm:/m+0
expect_output 0 sem-op shm:/m+0 value
# The last place, and what is no semaphore was not touched.
expect_output '' ipctl sem init shm:/m+168 --value 9
expect_output 9 sem-op shm:/m+168 value
expect_output 0 sh -c "shm-get /m 32 32 | tr -d '\0' | wc -c"
rm /dev/shm/m
