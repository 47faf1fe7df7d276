#!/bin/sh
# sysv-mq without permission: status 1, and the error names what was wanted, the owner and the mode; the kernel's mode bits decide.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
write_only=$(sysv-mq-make 0x222 622)
read_only=$(sysv-mq-make 0x444 644)
for command in 'recv -n' recv 'recv --peek' 'recv --safe' 'recv -w 60' listen; do
    # shellcheck disable=SC2086  # words
    expect_status 1 as_nobody ipctl sysv-mq $command "$write_only"
    expect_error "$write_only: permission to receive denied"
    expect_error 'belongs to root and has mode 0622'
done
expect_output '' as_nobody ipctl sysv-mq send 0x222 in
expect_output '1 in' sysv-mq-recv "$write_only" 0 nowait
for command in 'send -n' send 'send -w 60'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 as_nobody ipctl sysv-mq $command "$read_only" x
    expect_error "$read_only: permission to send denied"
    expect_error 'belongs to root and has mode 0644'
done
sysv-mq-send "$read_only" 4 out
expect_output out as_nobody ipctl sysv-mq recv --peek 0x444
expect_output out as_nobody ipctl sysv-mq recv -n 0x444
# The group's bits, for its members.
ipctl sysv-mq set --owner root:65534 -m 0640 "$read_only"
sysv-mq-send "$read_only" 4 group
expect_output group as_nobody ipctl sysv-mq recv -n "$read_only"
expect_status 1 as_nobody ipctl sysv-mq send "$read_only" x
ipctl sysv-mq rm "$write_only" "$read_only"
