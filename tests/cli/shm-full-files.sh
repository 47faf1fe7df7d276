#!/bin/sh
# shm create and copy where /dev/shm has as many files as it may: the error says that, and not that memory is short.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o nr_inodes=3 tmpfs /dev/shm || skip "cannot mount a small /dev/shm"
ipctl shm create /a 10
ipctl shm create /b 10
for command in 'create /c 10' 'create --sparse /c 0' 'create --if-missing /c 10' 'copy /a /c' 'copy --force /a /b'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl shm $command
    expect_error 'as many files as it may, 3'
    expect_error 'ipctl shm ls'
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_output 'a
b' ls -A /dev/shm
done
expect_output '' ipctl shm create --if-missing /a 10
expect_output '' ipctl shm resize /a 100K
expect_output '' ipctl shm copy /a ./file
ipctl shm rm /a /b
umount /dev/shm
