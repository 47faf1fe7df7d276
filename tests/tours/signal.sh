#!/bin/sh
# shellcheck disable=SC2016

# signal: signals

# Those of this system that stop a process, and a few others.
ipctl signal ls --filter action=stop
ipctl signal ls --filter 'name=RTM*' -o name,number | head -n 4

# A process, and what it does with signals: TERM is ignored, USR1 waits.
ipctl signal run --ignore TERM --block USR1 -- sleep 60 & pid=$!
until ipctl signal stat $pid -o command | grep -q sleep; do sleep 0.1; done
ipctl signal send $pid USR1
ipctl signal stat $pid --signal TERM

# It does not catch HUP, so nothing is sent: status 3.
ipctl signal send $pid HUP --if-handled || test $? = 3

# Ask it to end, and end it when it does not. It is named with its inode: no other process that gets its number is meant.
inode=$(ipctl signal stat $pid -o inode --noheadings)
ipctl signal send $pid:$inode --escalate 300ms:TERM,5s:KILL
ipctl signal send $pid:$inode TERM || test $? = 4

# The exit status of any process, child or not.
sh -c 'sleep 1; exit 42' & ipctl signal send $! 0 --wait --pass-status || test $? = 42 -o $? = 1

# Signals are blocked before anybody is told where to send them: none is missed. Real-time signals bring a number.
ipctl signal listen -c 4 --print-pid RTMIN USR1 -F '%s: value %{value}, by %{code}' > got &
until test -s got; do sleep 0.1; done; pid=$(head -n 1 got)
for value in 1 2 3; do ipctl signal send $pid RTMIN --value $value; done
kill -USR1 $pid; wait; cat got

# A command for each.
mkfifo sig-ready
ipctl signal listen -c 1 --ready-fd 3 HUP -- sh -c 'echo "reload, says user $IPCTL_SENDER_UID"' 3> sig-ready & read -r _ < sig-ready
kill -HUP $!; wait

# All that the kernel tells.
ipctl signal listen -c 1 --print-pid -J USR1 > all &
until test -s all; do sleep 0.1; done
ipctl signal send $! USR1 --value 7; wait; tail -n 1 all; rm got all sig-ready

# The system calls behind it.
sleep 60 & ipctl signal send -v $! TERM --wait
