#!/bin/sh
# sem run and listen --ns NS -- CMD: only the semaphore is that of the other namespace; CMD runs in one's own.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

background unshare -m sh -c 'mount -t tmpfs -o mode=1777 shm /dev/shm
    sem-make /s 1 && exec sem-hold /s open >ready'
wait_until test -s ready
there=$(cat ready)
inside() { nsenter -m --wd="$tmp" -t "$there" "$@"; }
sem-make /s 7
own=$(readlink /proc/self/ns/mnt)
expect_output "$own 7" ipctl sem run --ns "$there" /s -- sh -c 'echo "$(readlink /proc/self/ns/mnt) $(sem-op /s value)"'
expect_output 0 ipctl sem run --ns "$there" /s -- nsenter -m -t "$there" --wd="$tmp" sem-op /s value
expect_output 1 inside sem-op /s value
expect_output "$own 7" ipctl sem listen -c 1 --ns "$there" /s -- sh -c 'echo "$(readlink /proc/self/ns/mnt) $(sem-op /s value)"'
expect_output 0 inside sem-op /s value
inside sem-op /s post
expect_status 123 ipctl sem listen --ns "$there" /s -- false
expect_status 1 sh -c 'exec ipctl sem wait -F %c --ns "$1" /s >/dev/full' sh "$there"
expect_status 9 ipctl sem run --ns "$there" /s -- sh -c 'exit 9'
expect_output 1 inside sem-op /s value
expect_output 7 sem-op /s value
# A file is where the caller sees it.
truncate -s 32 data
ipctl sem init --ns "$there" file:data --value 2
expect_output 2 sem-op file:data+0 value
ipctl sem rm /s
