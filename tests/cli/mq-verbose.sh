#!/bin/sh
# -v shows each system call on queues with arguments and result on standard error, failed ones with their errno.
. "$(dirname "$0")/lib.sh"

calls() {
    pattern=$1
    shift
    expect_status "$@"
    grep -qE "$pattern" "$err" || fail "no $pattern in: $(cat "$err")"
}
calls '^mq_open\("/q", O_RDWR\|O_CREAT\|O_EXCL.*, 0640, .*mq_maxmsg=3, mq_msgsize=10.*\) = [0-9]+$' \
    0 ipctl mq create -v --max-messages 3 --message-size 10 -m 0640 /q
calls '^fchmod\([0-9]+, 0640\) = 0$' 0 ipctl mq create -v -m 0640 /r
calls '^mq_open\("/q", .*\) = -1 EEXIST \(File exists\)$' 5 ipctl mq create --verbose /q
calls '^mq_send\([0-9]+, "a\\nb\\x1b", 4, 5\) = 0$' 0 ipctl mq send -v -p 5 /q "$(printf 'a\nb\033')"
calls '^mq_receive\([0-9]+, "a\\nb\\x1b", 10, 5\) = 4$' 0 ipctl mq recv -v /q
[ "$(cat "$out")" = "$(printf 'a\nb\033')" ] || fail "-v changes standard output"
calls '^mq_receive\(.*\) = -1 EAGAIN ' 3 ipctl mq recv -v -n /q
calls '^mq_getattr\([0-9]+, \{mq_maxmsg=[0-9]+, mq_msgsize=[0-9]+, mq_curmsgs=[0-9]+\}\) = 0$' 0 ipctl mq stat -v /q
calls '^mq_notify\([0-9]+, .*SIGEV_SIGNAL.*\) = 0$' 124 ipctl mq listen -v --notify -w 10ms /q
calls '^mq_open\("/none", O_RDONLY.*\) = -1 ENOENT ' 4 ipctl mq recv -v /none
calls '^mq_unlink\("/q"\) = 0$' 0 ipctl mq rm -v /q /r
calls '^mq_unlink\("/q"\) = -1 ENOENT ' 4 ipctl mq rm -v /q
