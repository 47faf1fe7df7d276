#!/bin/sh
# -v shows each system call on objects with arguments and result on standard error, failed ones with their errno.
. "$(dirname "$0")/lib.sh"

calls() {
    pattern=$1
    shift
    expect_status "$@"
    grep -qE "$pattern" "$err" || fail "no $pattern in: $(cat "$err")"
}
calls '^linkat\(AT_FDCWD, "/proc/self/fd/[0-9]+", [0-9]+, "here", AT_SYMLINK_FOLLOW\) = 0$' 0 ipctl shm create -v /here 10
calls '^posix_fallocate\([0-9]+, 0, 10\) = 0$' 0 ipctl shm create -v -m 0640 /other 10
calls '^fchmod\([0-9]+, 0640\) = 0$' 0 ipctl shm create -v -m 0640 --sparse /sparse 10
calls '^ftruncate\([0-9]+, 20\) = 0$' 0 ipctl shm resize -v --sparse /sparse 20
calls '^posix_fallocate\([0-9]+, 20, 10\) = 0$' 0 ipctl shm resize -v /sparse 30
calls '^ftruncate\([0-9]+, 5\) = 0$' 0 ipctl shm resize -v /sparse 5
calls '^shm_open\("/here", O_RDWR.*\) = [0-9]+$' 0 ipctl shm send -v /here text
calls '^shm_open\("/here", O_RDONLY.*\) = [0-9]+$' 0 ipctl shm recv -v /here
[ "$(tr '\0' . <"$out")" = text...... ] || fail "-v changes standard output"
calls '^linkat\(.*"copy".*\) = 0$' 0 ipctl shm copy -v /here /copy
calls '^futex\(0x4, FUTEX_WAIT, .*' 0 sh -c 'mkfifo ready
ipctl shm listen -v -c 3 --futex 4 --ready-fd 5 /here 5>ready &
read -r _ <ready
n=1
while kill -0 $! 2>/dev/null; do shm-wake /here 4 $n && n=$((n + 1)) && sleep 0.02; done
wait $!'
calls '^openat\(.*"here".*\) = [0-9]+$' 0 ipctl shm read -v --ns $$ /here
calls '^shm_unlink\("/here"\) = 0$' 0 ipctl shm rm -v /here /other /sparse /copy
calls '^shm_unlink\("/here"\) = -1 ENOENT ' 4 ipctl shm rm -v /here
