#!/bin/sh
# Selectors: many objects have the key 0 (IPC_PRIVATE), so it names none: refused with the reason, in every spelling; an id 0 is an id.
. "$(dirname "$0")/lib.sh"

one=$(sysv-mq-make private 600)
two=$(sysv-mq-make private 600)
[ "$one" = 0 ] || fail "the first id of a namespace is $one"
for zero in private 0x0 0x00000000 key:0 key:0x0; do
    for verb in recv stat rm 'rm --force' 'set -m 0666' listen; do
        # shellcheck disable=SC2086  # words
        expect_status 2 ipctl sysv-mq $verb "$zero"
        expect_error "'$zero'"
        expect_error 'IPC_PRIVATE'
        expect_error 'the id'
    done
    expect_status 2 ipctl sysv-mq send "$zero" x
    expect_status 2 ipctl sysv-mq rm "$two" "$zero"
done
# create calls it private and nothing else.
for zero in 0x0 key:0 key:0x0; do
    expect_status 2 ipctl sysv-mq create "$zero"
    expect_error 'private'
done
expect_status 2 ipctl sysv-mq create 7
expect_error 'id'
expect_error 'key:N'
expect_output "$one
$two" ipctl sysv-mq ls --noheadings --raw -o id
expect_output '' ipctl sysv-mq send 0 here
expect_output '1 here' sysv-mq-recv 0 0 1 nowait
expect_output '' ipctl sysv-mq rm 0 "$two"
