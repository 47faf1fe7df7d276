#!/bin/sh
# shm rm refuses what is no shared memory, says what it is, and removes the others all the same.
. "$(dirname "$0")/lib.sh"

shm-make /a 10
shm-make /b 10
sem-make /guarded 1
mkdir /dev/shm/directory
ln -s a /dev/shm/link
mkfifo /dev/shm/fifo
expect_status 1 ipctl shm rm /a /sem.guarded /directory /link /fifo /none /b
expect_error '/sem.guarded: is the semaphore /guarded'
expect_error '/directory: is a directory'
expect_error '/link: is a symlink'
expect_error '/fifo: is a fifo'
expect_error '/none: no such object'
expect_output 'directory fifo link sem.guarded' sh -c 'ls /dev/shm | xargs'
expect_status 1 ipctl shm rm --force /sem.guarded /directory /link /fifo
expect_output 'directory fifo link sem.guarded' sh -c 'ls /dev/shm | xargs'
rm -r /dev/shm/*
