#!/bin/sh
# A semaphore's file that is empty or too short: every verb that would use it fails at once, and never by SIGBUS.
. "$(dirname "$0")/lib.sh"

for bytes in 0 1 12 16 31; do
    head -c $bytes /dev/zero >/dev/shm/sem.s
    for verb in post wait 'wait -n' 'wait -w 60' listen 'listen -- true' rm; do
        expect_status 1 timeout 20 ipctl sem ${verb%% *} /s ${verb#"${verb%% *}"}
        expect_error '/s: '
        expect_error 'no semaphore'
    done
    expect_status 125 timeout 20 ipctl sem run /s -- touch ran
    expect_error 'no semaphore'
    [ ! -e ran ] || fail "the command ran"
    expect_output '- -' ipctl sem stat --raw --noheadings -o value,waiters /s
    expect_output '' ipctl sem ls --noheadings
    expect_output $bytes stat -c %s /dev/shm/sem.s
done
# One that was whole, and is cut.
rm /dev/shm/sem.s
sem-make /s 3
for bytes in 31 16 8 0; do
    truncate -s $bytes /dev/shm/sem.s
    expect_status 1 timeout 20 ipctl sem wait -n /s
    expect_error 'no semaphore'
done
rm /dev/shm/sem.s
