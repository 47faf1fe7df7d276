#!/bin/sh
# Without permission: status 1, and the error names what was wanted, the owner and the mode; the kernel's mode bits decide.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
mq-make /write-only 3 10 0622
mq-make /read-only 3 10 0644
expect_status 1 as_nobody ipctl mq recv -n /write-only
expect_error '/write-only: permission to receive denied'
expect_error 'belongs to root and has mode 0622'
expect_output '' as_nobody ipctl mq send /write-only in
expect_output in ipctl mq recv -n /write-only
expect_status 1 as_nobody ipctl mq send /read-only x
expect_error '/read-only: permission to send denied'
expect_error 'belongs to root and has mode 0644'
mq-send /read-only 0 out
expect_output out as_nobody ipctl mq recv -n /read-only
expect_status 1 as_nobody ipctl mq listen /read-only /write-only
expect_error '/write-only: permission to receive denied'
ipctl mq rm /read-only /write-only
