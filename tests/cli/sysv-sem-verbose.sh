#!/bin/sh
# sysv-sem -v shows each system call with its operations and result on standard error, failed ones with their errno.
. "$(dirname "$0")/lib.sh"

calls() {
    pattern=$1
    shift
    expect_status "$@"
    grep -qE "$pattern" "$err" || fail "no $pattern in: $(cat "$err")"
}
calls '^semget\(0x0000002a, 2, IPC_CREAT\|IPC_EXCL\|0640\) = [0-9]+$' 0 ipctl sysv-sem create -v 0x2a --values 1,4 -m 0640
id=$(cat "$out")
calls '^semop\([0-9]+, \[\{0, 1, 0\}, \{1, 4, 0\}\], 2\) = 0$' 0 ipctl sysv-sem create -v 0x2b --values 1,4
calls '^semget\(0x0000002a, 1, .*\) = -1 EEXIST \(File exists\)$' 5 ipctl sysv-sem create --verbose 0x2a
calls '^semget\(0x0000002a, 0, 0\) = [0-9]+$' 0 ipctl sysv-sem post -v 0x2a
calls "^semop\\($id, \\[\\{1, 3, 0\\}\\], 1\\) = 0\$" 0 ipctl sysv-sem post -v -c 3 "$id:1"
calls "^semop\\($id, \\[\\{0, -1, 0\\}, \\{1, 2, SEM_UNDO\\}\\], 2\\) = 0\$" 0 ipctl sysv-sem op -v "$id" 0:-1 1:+2u
calls "^semop\\($id, \\[\\{0, -1, SEM_UNDO\\}\\], 1\\) = 0\$" 0 ipctl sysv-sem run -v "$id" -- true
calls "^semop\\($id, \\[\\{0, -9, IPC_NOWAIT\\}, \\{1, 0, IPC_NOWAIT\\}\\], 2\\) = -1 EAGAIN " 3 ipctl sysv-sem op -v -n "$id" 0:-9 1:=0
calls "^semtimedop\\($id, \\[\\{0, -9, 0\\}\\], 1, \\{0, [0-9]+\\}\\) = -1 EAGAIN " 124 ipctl sysv-sem wait -v -w 50ms -c 9 "$id"
calls "^semop\\($id, \\[\\{7, 1, 0\\}\\], 1\\) = -1 EFBIG " 1 ipctl sysv-sem post -v "$id:7"
calls "^semop\\($id, .*\\) = -1 ERANGE " 1 ipctl sysv-sem post -v -c 32767 "$id:1"
calls "^semctl\\($id, 1, SETVAL, 5\\) = 0\$" 0 ipctl sysv-sem set -v "$id:1" --value 5
calls "^semctl\\($id, 0, SETALL, \\[2, 3\\]\\) = 0\$" 0 ipctl sysv-sem set -v "$id" --values 2,3
calls "^semctl\\($id, 0, IPC_SET, \\{uid=[0-9]+, gid=[0-9]+, mode=0600\\}\\) = 0\$" 0 ipctl sysv-sem set -v "$id" -m 0600
calls 'semctl\(' 0 ipctl sysv-sem stat -v "$id"
calls "^semctl\\($id, 0, IPC_RMID\\) = 0\$" 0 ipctl sysv-sem rm -v "$id"
calls "^semctl\\($id, 0, IPC_RMID\\) = -1 EINVAL " 4 ipctl sysv-sem rm -v "$id"
[ ! -s "$out" ] || fail "-v changes standard output"
ipctl sysv-sem rm 0x2b
