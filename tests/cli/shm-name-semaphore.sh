#!/bin/sh
# shm create, write, resize, run and rm keep off semaphores, which are files in /dev/shm too; a name like theirs is refused.
. "$(dirname "$0")/lib.sh"

for name in sem.x /sem.x //sem.x; do
    expect_status 2 ipctl shm create $name 32
    expect_error semaphore
    expect_output '' ls -A /dev/shm
done
sem-make /guarded 3
before=$(od -An -tx1 /dev/shm/sem.guarded)
for command in 'send /sem.guarded x' 'resize /sem.guarded 100' 'resize --force /sem.guarded 0' 'run /sem.guarded -- true' \
    'rm /sem.guarded' 'rm --force sem.guarded'; do
    # shellcheck disable=SC2086  # words
    case $command in
    run*) expect_status 125 ipctl shm $command ;;
    *) expect_status 1 ipctl shm $command ;;
    esac
    expect_error '/sem.guarded: is the semaphore /guarded'
    expect_error 'ipctl sem'
done
expect_output "$before" od -An -tx1 /dev/shm/sem.guarded
# Reading it breaks nothing.
expect_status 0 ipctl shm read /sem.guarded
cmp "$out" /dev/shm/sem.guarded
rm /dev/shm/sem.guarded

# No semaphore's: sem_open(3) takes no empty name.
expect_status 0 ipctl shm create /sem. 10
expect_output shm ipctl shm ls --noheadings -o kind
ipctl shm rm /sem.
