#!/bin/sh
# Without a mounted mqueue file system, every verb works for root, ls too; the mount table stays as it is.
# no-mqueue
. "$(dirname "$0")/lib.sh"

! grep -q mqueue /proc/self/mounts || fail "mqueue is mounted"
mounts=$(cat /proc/self/mountinfo)
expect_output '' ipctl mq create /a --max-messages 3
mq-make /b 4 10
expect_output '' ipctl mq send /b x
expect_output '0 1 x' mq-recv -n /b
mq-send /a 2 abc
expect_output '/a 1 3 3
/b 0 4 0' ipctl mq ls --raw -b --noheadings -o name,messages,capacity,bytes
background mq-hold /a w >ready
wait_until test -s ready
expect_output "$(cat ready) mq-hold (w)" ipctl mq stat --noheadings -o holders /a
expect_output 'abc' ipctl mq listen -c 1 /b /a
expect_output '' ipctl mq rm /a /b
expect_output '' ipctl mq ls --noheadings
[ "$(cat /proc/self/mountinfo)" = "$mounts" ] || fail "the mount table changed"
