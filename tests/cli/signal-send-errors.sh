#!/bin/sh
# signal send: what it refuses, and why; a failure on one target does not keep it from the others
. "$(dirname "$0")/lib.sh"

background signal-catch -t 10 > got
wait_until test -s got
read -r _ pid thread < got
usage() {
    pattern=$1
    shift
    expect_status 2 ipctl signal send "$@"
    expect_error "$pattern"
}
usage 'SIGNAL is missing' "$pid"
usage "'TERM' is no process: PID or PID:INODE, from 1 on; the signal comes last" TERM "$pid" TERM
usage "'0' is no process" 0 TERM
usage "'x' is no process" x TERM
usage "'99999999999' is no process" 99999999999 TERM
usage "'NONE' is no signal" "$pid" NONE
usage "'65' is no signal" "$pid" 65
usage "'RTMIN+31' is no signal" "$pid" RTMIN+31
usage "signal 32 is the C library's own" "$pid" 32
usage "signal 33 is the C library's own" "$pid" 33
usage '--init if that is meant' 1 HUP
usage '--init if that is meant' "$pid" 1 HUP
usage '--value: 2147483648 is not from -2147483648 to 2147483647' "$pid" USR1 --value 2147483648
usage '--thread: of one process' "$pid" $$ USR1 --thread "$thread"
usage '--thread: 0 is no thread' "$pid" USR1 --thread 0
usage '--timeout is about --wait' "$pid" USR1 -w 1
usage '--pass-status needs' "$pid" USR1 --pass-status
usage '--pass-status: of one process' "$pid" $$ USR1 --pass-status --wait
[ "$(wc -l < got)" = 1 ] || fail "something was sent: $(cat got)"

last=$(cat /proc/sys/kernel/pid_max)
expect_status 4 ipctl signal send "$last" TERM
expect_error "$last: no such process"
expect_status 4 ipctl signal send "$last" "$pid" USR1
wait_until grep -qx '10 0 0 main' got
expect_status 4 ipctl signal send -J "$last" "$pid" USR1
grep -q "\"signalled\":\[{\"name\":\"$pid\".*\"errors\":\[{\"name\":\"$last\",\"error\":\"$last: no such process\"}\]}" "$out" ||
    fail_command "JSON"
expect_status 1 ipctl signal send "$thread" USR1
expect_error "$thread: is a thread of process $pid: 'ipctl signal send $pid SIGNAL --thread $thread'"
expect_status 4 ipctl signal send "$pid" USR1 --thread $$
expect_error "$pid: has no thread $$"
