#!/bin/sh
# signal send where the kernel has no pidfd: by number, with kill(2), sigqueue(3), tgkill(2), rt_tgsigqueueinfo(2)
. "$(dirname "$0")/lib.sh"

signal-no-pidfd true || skip "no seccomp filters here"
background signal-catch -t 10 > got
wait_until test -s got
read -r _ pid thread < got
lines=0
sends() {
    call=$1 line=$2
    shift 2
    expect_status 0 signal-no-pidfd ipctl signal send -v "$pid" USR1 "$@"
    expect_error "$call"
    lines=$((lines + 1))
    wait_until sh -c "[ \$(wc -l < got) = $((lines + 1)) ]"
    [ "$(tail -n 1 got)" = "$line" ] || fail "$call: $(tail -n 1 got) came, not $line"
}
sends "kill($pid, 10) = 0" '10 0 0 main'
sends "sigqueue($pid, 10, 3) = 0" '10 -1 3 main' --value 3
sends "tgkill($pid, $thread, 10) = 0" '10 -6 0 other' --thread "$thread"
sends "rt_tgsigqueueinfo($pid, $thread, 10," '10 -1 4 other' --thread "$thread" --value 4
expect_status 4 signal-no-pidfd ipctl signal send "$pid" USR1 --thread 1
expect_status 1 signal-no-pidfd ipctl signal send "$pid:1" USR1
expect_error 'this kernel gives processes no inode'
expect_status 124 signal-no-pidfd ipctl signal send "$pid" 0 --wait -w 50ms
expect_status 0 signal-no-pidfd ipctl signal send "$pid" TERM --wait
grep -qx "$pid: ended.*" "$out" || fail_command "it ended"
wait "$bg" || :
expect_status 4 signal-no-pidfd ipctl signal send "$pid" TERM
background setsid sh -c 'sleep 60 & echo > go; wait'
group=$bg
wait_until test -e go
expect_status 0 signal-no-pidfd ipctl signal send -v "$group" TERM --group
expect_error "kill(-$group, 15) = 0"
wait "$group" || [ $? = 143 ] || fail "the group did not get it"
