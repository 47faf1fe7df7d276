#!/bin/sh
# sysv-mq create beyond kernel.msgmni (ENOSPC): the error names that limit and its use; it has nothing to do with disks.
. "$(dirname "$0")/lib.sh"

echo 3 2>/dev/null >/proc/sys/kernel/msgmni || skip "kernel.msgmni cannot be changed here"
one=$(sysv-mq-make private 600)
two=$(ipctl sysv-mq create 0x2)
three=$(ipctl sysv-mq create)
for command in '' private 0x4 '0x4 --if-missing' '-J 0x4 --bytes 100'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sysv-mq create $command
    expect_error '3 of kernel.msgmni = 3'
    expect_error 'ipctl sysv-mq ls'
    ! grep -qi 'space left' "$err" || fail "talks of disks: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
if [ "$root" = yes ]; then
    expect_status 1 as_nobody ipctl sysv-mq create
    expect_error '3 of kernel.msgmni = 3'
fi
expect_status 5 ipctl sysv-mq create 0x2
expect_output "$two" ipctl sysv-mq create --if-missing 0x2
ipctl sysv-mq rm "$one"
echo 1 >/proc/sys/kernel/msgmni
expect_status 1 ipctl sysv-mq create
expect_error '2 of kernel.msgmni = 1'
echo 3 >/proc/sys/kernel/msgmni
expect_status 0 ipctl sysv-mq create 0x4
ipctl sysv-mq rm 0x4 "$two" "$three"
