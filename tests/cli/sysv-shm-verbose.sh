#!/bin/sh
# sysv-shm -v shows each system call on segments with arguments and result on standard error, failed ones with their errno.
. "$(dirname "$0")/lib.sh"

calls() {
    pattern=$1
    shift
    expect_status "$@"
    grep -qE "$pattern" "$err" || fail "no $pattern in: $(cat "$err")"
}
calls '^shmget\(0x0000002a, 5000, IPC_CREAT\|IPC_EXCL\|0640\) = [0-9]+$' 0 ipctl sysv-shm create -v -m 0640 --size 5000 0x2a
id=$(cat "$out")
[ "$(wc -l <"$out")" = 1 ] || fail "-v changes standard output: $(cat "$out")"
calls '^shmget\(0x0000002a, 10, IPC_CREAT\|IPC_EXCL\|0600\) = -1 EEXIST \(File exists\)$' 5 ipctl sysv-shm create --verbose key:42 --size 10
calls '^shmget\(IPC_PRIVATE, 10, IPC_CREAT\|IPC_EXCL\|SHM_NORESERVE\|0600\) = [0-9]+$' 0 ipctl sysv-shm create -v --size 10 --no-reserve
ipctl sysv-shm rm "$(cat "$out")"
calls "^shmctl\($id, IPC_SET, .*mode=0644.*\) = 0$" 0 ipctl sysv-shm set -v -m 0644 "$id"
calls "^shmget\(0x0000002a, 0, 0\) = $id$" 0 ipctl sysv-shm send -v 0x2a "$(printf 'a\nb\033')"
grep -qE "^shmat\($id, NULL, 0\) = [0-9a-fx]+$" "$err" || fail "no shmat: $(cat "$err")"
grep -qE '^process_vm_writev\(.*"a\\nb\\x1b".*\) = 4$' "$err" || fail "no write: $(cat "$err")"
grep -qE '^shmdt\(0x[0-9a-f]+\) = 0$' "$err" || fail "no shmdt: $(cat "$err")"
calls "^shmat\($id, NULL, SHM_RDONLY\) = [0-9a-fx]+$" 0 ipctl sysv-shm recv -v --length 4 "$id"
[ "$(cat "$out")" = "$(printf 'a\nb\033')" ] || fail "-v changes standard output"
calls '^shmget\(0x0000002b, 0, 0\) = -1 ENOENT ' 4 ipctl sysv-shm recv -v 0x2b
calls "^futex\(.*FUTEX_WAIT.*\) = -1 E|^shmat\($id, NULL, SHM_RDONLY\)" 124 ipctl sysv-shm listen -v -w 10ms --futex 0 "$id"
calls "^shmat\($id, NULL, 0\)" 0 ipctl sysv-shm run -v "$id" -- true
if [ "$root" = yes ]; then
    calls "^shmctl\($id, SHM_LOCK\) = 0$" 0 ipctl sysv-shm lock -v "$id"
    calls "^shmctl\($id, SHM_UNLOCK\) = 0$" 0 ipctl sysv-shm unlock -v "$id"
fi
calls "^shmctl\($id, IPC_STAT.*\) = 0$" 0 ipctl sysv-shm stat -v "$id"
calls "^shmctl\($id, IPC_RMID.*\) = 0$" 0 ipctl sysv-shm rm -v 0x2a
calls "^shmctl\($id, IPC_RMID.*\) = -1 EINVAL " 4 ipctl sysv-shm rm -v "$id"
calls "^shmat\($id, NULL, 0\) = -1 EINVAL " 4 ipctl sysv-shm send -v "$id" x
