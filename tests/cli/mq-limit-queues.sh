#!/bin/sh
# mq create beyond fs.mqueue.queues_max (ENOSPC): the error names that limit and its value; it has nothing to do with disks.
. "$(dirname "$0")/lib.sh"

echo 2 2>/dev/null >/proc/sys/fs/mqueue/queues_max || skip "queues_max cannot be changed here"
expect_output '' ipctl mq create /a
expect_output '' ipctl mq create /b
limited='setpriv --bounding-set -sys_resource'
for command in 'create /c' 'send --create /c x' 'create --if-missing /c'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 $limited ipctl mq $command
    expect_error '/c: '
    expect_error 'fs.mqueue.queues_max = 2'
    expect_error 'ipctl mq ls'
    ! grep -qi 'space left' "$err" || fail "talks of disks: $(cat "$err")"
done
expect_status 5 ipctl mq create /a
expect_output '' ipctl mq rm /a
expect_output '' ipctl mq create /c
expect_output '' ipctl mq rm /b /c
