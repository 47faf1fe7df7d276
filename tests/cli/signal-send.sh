#!/bin/sh
# signal send: kill(2), sigqueue(3) and tgkill(2), as the handlers of a C program see them, through a pidfd; names of signals
. "$(dirname "$0")/lib.sh"

background signal-catch -t 10 34 37 > got
wait_until test -s got
read -r _ pid thread < got
came() {
    lines=$((lines + 1))
    wait_until sh -c "[ \$(wc -l < got) = $((lines + 1)) ]"
    line=$(tail -n 1 got)
    [ "$line" = "$1" ] || fail "$1 was sent, $line came"
}
lines=0
ipctl signal send "$pid" USR1 && came '10 0 0 main'
ipctl signal kill "$pid" sigusr1 && came '10 0 0 main'
ipctl signal send "$pid" 10 && came '10 0 0 main'
ipctl signal send "$pid" RTMIN+3 && came '37 0 0 main'
ipctl signal send "$pid" rtmin --value 7 && came '34 -1 7 main'
ipctl signal send "$pid" RTMIN --value=-2147483648 && came '34 -1 -2147483648 main'
ipctl signal send "$pid" USR1 --thread "$thread" && came '10 -6 0 other'
ipctl signal send "$pid" USR1 --thread "$pid" && came '10 -6 0 main'
ipctl signal send "$pid" RTMIN --thread "$thread" --value 9 && came '34 -1 9 other'
expect_output '' ipctl signal send "$pid" 0
# What is shown is what strace(1) would show.
expect_status 0 ipctl signal send -v "$pid" RTMIN --value 3
came '34 -1 3 main'
expect_error "pidfd_open($pid, 0) = "
expect_error 'pidfd_send_signal('
expect_error ', 34, {si_code=SI_QUEUE, si_int=3}, 0) = 0'
inode=$(ipctl signal stat "$pid" -o inode --noheadings --filter "tid=$pid")
expect_output "{\"schema\":1,\"signalled\":[{\"name\":\"$pid\",\"pid\":$pid,\"inode\":$inode,\"command\":\"signal-catch\",\"signal\":\"USR1\",\
\"number\":10,\"ended\":null,\"status\":null,\"ended_by\":null}],\"errors\":[]}" ipctl signal send -J "$pid" USR1
came '10 0 0 main'
