#!/bin/sh
# -v shows each system call on semaphores with arguments and result on standard error, failed ones with their errno.
. "$(dirname "$0")/lib.sh"

calls() {
    pattern=$1
    shift
    expect_status "$@"
    grep -qE "$pattern" "$err" || fail "no $pattern in: $(cat "$err")"
}
calls '^sem_open\("/s", O_CREAT\|O_EXCL, 0640, 3\) = 0$' 0 ipctl sem create -v --value 3 -m 0640 /s
calls '^sem_open\("/s", .*\) = -1 EEXIST \(File exists\)$' 5 ipctl sem create --verbose /s
calls '^sem_open\("/s", 0\) = 0$' 0 ipctl sem post -v /s
calls '^sem_post\("/s"\) = 0$' 0 ipctl sem post -v /s
calls '^sem_clockwait\("/s", CLOCK_MONOTONIC, .*\) = 0$' 0 ipctl sem wait -v -F %n /s
[ "$(cat "$out")" = /s ] || fail "-v changes standard output"
calls '^sem_trywait\("/s"\) = 0$' 0 ipctl sem wait -v -n -c 4 /s
calls '^sem_trywait\("/s"\) = -1 EAGAIN ' 3 ipctl sem wait -v -n /s
calls '^sem_clockwait\(.*\) = -1 ETIMEDOUT ' 124 ipctl sem wait -v -w 10ms /s
calls '^sem_open\("/none".*\) = -1 ENOENT |/none: no such' 4 ipctl sem wait -v /none
sem-op /s post
calls '^sem_post\("/s"\) = 0$' 0 ipctl sem run -v /s -- true
calls '^sem_unlink\("/s"\) = 0$' 0 ipctl sem rm -v /s
calls '^sem_unlink\("/s"\) = -1 ENOENT ' 4 ipctl sem rm -v /s
shm-make /m 64
calls '^sem_init\("shm:/m\+8", 1, 5\) = 0$' 0 ipctl sem init -v shm:/m+8 --value 5
calls '^sem_post\("shm:/m\+8"\) = 0$' 0 ipctl sem post -v shm:/m+8
calls '^sem_destroy\("shm:/m\+8"\) = 0$' 0 ipctl sem destroy -v shm:/m+8
rm /dev/shm/m
