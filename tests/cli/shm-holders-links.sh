#!/bin/sh
# an object or semaphore that has two names, link(2), is used under both
. "$(dirname "$0")/lib.sh"

shm-make /a 100
ln /dev/shm/a /dev/shm/b
background shm-hold /a open >holder
wait_until test -s holder
background shm-hold /b map >mapper
wait_until test -s mapper
for name in /a /b; do
    expect_output "$name $(cat holder) shm-hold (rw), $(cat mapper) shm-hold (mapped rw) used" \
        sh -c "ipctl shm ls -q --noheadings -o name,holders,usage --filter name=$name | tr -s ' '"
done
sem-make /s 1
ln /dev/shm/sem.s /dev/shm/sem.t
background sem-hold /t open >opener
wait_until test -s opener
for name in /s /t; do
    expect_output "$name $(cat opener) sem-hold (mapped rw) used" \
        sh -c "ipctl sem ls -q --noheadings -o name,holders,usage --filter name=$name | tr -s ' '"
done
ipctl shm rm /a /b
ipctl sem rm /s /t
