#!/bin/sh
# Without a mounted mqueue file system, another user than root uses queues by name; ls says what is missing and how to get it.
# no-mqueue
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs another user than root"
for command in 'create /mine' 'send /mine text'; do
    # shellcheck disable=SC2086  # words
    expect_output '' as_nobody ipctl mq $command
done
expect_output '1 4 0600' as_nobody ipctl mq stat --raw --noheadings -b -o messages,bytes,mode /mine
expect_output text as_nobody ipctl mq recv -n /mine
expect_output '' as_nobody ipctl mq rm /mine
mq-make /closed 1 10
expect_status 1 as_nobody ipctl mq recv -n /closed
expect_error '/closed: permission to receive denied'
expect_status 0 as_nobody ipctl mq stat /closed
for options in '' -J --noheadings; do
    # shellcheck disable=SC2086  # words
    expect_status 1 as_nobody ipctl mq ls $options
    expect_error 'no mqueue file system is mounted'
    expect_error 'mount -t mqueue'
    expect_error 'ipctl mq stat NAME'
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
ipctl mq rm /closed
