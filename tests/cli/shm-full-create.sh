#!/bin/sh
# shm create in a /dev/shm that is too small: status 1 with what is free, whatever fills it, and nothing is left.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o size=1M tmpfs /dev/shm || skip "cannot mount a small /dev/shm"
refused() {
    expect_status 1 "$@"
    expect_error '/none: *dev/shm is full'
    expect_error "$free bytes are free of 1048576"
    expect_error 'ipctl shm ls'
    expect_error 'size='
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e /dev/shm/none ] || fail "/none is left"
    [ "$(($(stat -f -c '%f * %S' /dev/shm)))" = $free ] || fail "memory is left: $(df /dev/shm)"
}
head -c 2M /dev/zero >big
free=1048576
refused ipctl shm create /none 2M
expect_error 2097152
refused ipctl shm create /none 1048577
refused ipctl shm create -J --if-missing /none 2M
refused ipctl shm create /none -f big
ipctl shm create /half 512K
free=524288
refused ipctl shm create /none 600K
ipctl shm create /rest 512K
free=0
refused ipctl shm create /none 1
ipctl shm create /empty 0
ipctl shm rm /half /rest /empty

# Input that proves too long only while it is written.
for command in 'cat big | ipctl shm create /none -f -' 'ipctl shm create --sparse /none 2M -f - <big'; do
    expect_status 1 sh -c "$command"
    expect_error '/none: '
    expect_output '' ls -A /dev/shm
done
expect_status 1 sh -c 'cat big | ipctl shm create /none -f -'
expect_error '/none: *dev/shm is full'
umount /dev/shm
