#!/bin/sh
# sysv-mq: a queue that does not exist is status 4 with its name as given, for every verb and selector; an id of another kind is no queue.
. "$(dirname "$0")/lib.sh"

segment=$(sysv-shm-make 0x55 4096 600)
touch file
for name in 12345 0x2a key:42 ftok:file "$segment" 0x55; do
    for verb in recv 'recv -n' 'recv --peek' 'recv --safe' 'recv -w 60' listen stat rm 'set -m 0600' 'set --bytes 1'; do
        # shellcheck disable=SC2086  # words
        expect_status 4 ipctl sysv-mq $verb "$name"
        expect_error "$name: no such queue"
        expect_error 'ipctl sysv-mq ls'
        [ ! -s "$out" ] || fail "$verb prints $(cat "$out")"
    done
    expect_status 4 ipctl sysv-mq send "$name" x
    expect_error "$name: no such queue"
    expect_status 4 sh -c "echo x | ipctl sysv-mq send -n $name"
done
sysv-exists shm "$segment"
# The key of a segment makes another queue.
id=$(ipctl sysv-mq create 0x55)
expect_output '' ipctl sysv-mq send 0x55 x
expect_output '' ipctl sysv-mq rm 0x55
expect_status 4 ipctl sysv-mq stat "$id"
sysv-exists shm "$segment"
sysv-rm shm "$segment"
