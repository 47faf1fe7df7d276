#!/bin/sh
# A message for which there is no place at all, neither output nor queue nor disk, is told in the error, in base64.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
mq-make /q 3 1000 0444
mount -t tmpfs -o ro none /var/tmp
head -c 300 /dev/urandom >data
mq-send /q 3 <data
cp "$ipctl" ipctl-copy  # nobody may be unable to reach the one under test
expect_status 1 as_nobody env XDG_STATE_HOME=/proc/none sh -c 'exec ./ipctl-copy mq recv /q >/dev/full'
expect_error 'No space left'
expect_error base64
grep -oE '[A-Za-z0-9+/]{100,}=*' "$err" | base64 -d | cmp - data
ipctl mq rm /q
