#!/bin/sh
# sysv-mq -v shows each system call on queues with arguments and result on standard error, failed ones with their errno.
. "$(dirname "$0")/lib.sh"

calls() {
    pattern=$1
    shift
    expect_status "$@"
    grep -qE "$pattern" "$err" || fail "no $pattern in: $(cat "$err")"
}
calls '^msgget\(0x0000002a, IPC_CREAT\|IPC_EXCL\|0640\) = [0-9]+$' 0 ipctl sysv-mq create -v -m 0640 0x2a
id=$(cat "$out")
[ "$(wc -l <"$out")" = 1 ] || fail "-v changes standard output: $(cat "$out")"
calls "^msgctl\($id, IPC_SET, .*mode=0644, msg_qbytes=10.*\) = 0$" 0 ipctl sysv-mq set -v -m 0644 --bytes 10 "$id"
calls '^msgget\(0x0000002a, .*\) = -1 EEXIST \(File exists\)$' 5 ipctl sysv-mq create --verbose key:42
calls "^msgsnd\($id, \{5, \"a\\\\nb\\\\x1b\"\}, 4, 0\) = 0$" 0 ipctl sysv-mq send -v -t 5 0x2a "$(printf 'a\nb\033')"
calls "^msgget\(0x0000002a, 0\) = $id$" 0 ipctl sysv-mq recv -v --peek 0x2a
grep -qE '^msgrcv\(.*\{5, "a\\nb\\x1b"\}.*MSG_COPY.*\) = 4$' "$err" || fail "no copy: $(cat "$err")"
calls "^msgrcv\($id, \{5, \"a\\\\nb\\\\x1b\"\}, [0-9]+, -6, 0\) = 4$" 0 ipctl sysv-mq recv -v -t -6 "$id"
[ "$(cat "$out")" = "$(printf 'a\nb\033')" ] || fail "-v changes standard output"
calls '^msgrcv\(.*, 3, IPC_NOWAIT\|MSG_EXCEPT\) = -1 ENOMSG ' 3 ipctl sysv-mq recv -v -n -t 3 --except "$id"
calls '^msgrcv\(.*\) = -1 EINTR ' 124 ipctl sysv-mq recv -v -w 10ms "$id"
sysv-mq-send "$id" 1 1234567890
calls '^msgsnd\(.*, IPC_NOWAIT\) = -1 EAGAIN ' 3 ipctl sysv-mq send -v -n "$id" x
calls '^msgrcv\(.*, 3, 0, .*\) = -1 E2BIG ' 1 ipctl sysv-mq recv -v --size 3 "$id"
calls '^msgget\(0x0000002b, 0\) = -1 ENOENT ' 4 ipctl sysv-mq recv -v 0x2b
calls "^msgctl\($id, IPC_STAT.*\) = 0$" 0 ipctl sysv-mq stat -v "$id"
calls "^msgctl\($id, IPC_RMID.*\) = 0$" 0 ipctl sysv-mq rm -v 0x2a
calls "^msgctl\($id, IPC_RMID.*\) = -1 EINVAL " 4 ipctl sysv-mq rm -v "$id"
