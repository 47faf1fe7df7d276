#!/bin/sh
# shellcheck disable=SC2016
# needs: test -r /proc/sysvipc/sem

# sysv-sem: System V semaphore sets

# A set of two semaphores, with the values 1 and 3. Its numbers count from 0.
ipctl sysv-sem create 0x5eed --values 1,3
ipctl sysv-sem wait 0x5eed:1 -c 2
ipctl sysv-sem wait 0x5eed:1 -c 2 --nonblock || test $? = 3
ipctl sysv-sem wait 0x5eed:1 -c 2 --timeout 200ms || test $? = 124
ipctl sysv-sem post 0x5eed:1 -c 2
ipctl sysv-sem ls
ipctl sysv-sem stat 0x5eed

# Six jobs, of which no more than three run at once.
job() { ipctl sysv-sem run 0x5eed:1 -- sh -c "sleep 0.2; echo job $1"; }
for i in 1 2 3 4 5 6; do job $i & done
wait

# A lock. The command runs in place of ipctl, and the kernel gives back what it held: even after SIGKILL.
ipctl sysv-sem run 0x5eed -- sh -c 'ipctl sysv-sem run -n 0x5eed -- true; echo "status $?"'
ipctl sysv-sem run 0x5eed -- sh -c 'kill -KILL $$' || test $? = 137
ipctl sysv-sem run -n 0x5eed -- echo 'it is free'

# Several operations as one: all of them, or none.
ipctl sysv-sem op 0x5eed 0:-1 1:+1
ipctl sysv-sem op -n 0x5eed 0:+1 1:-9 || test $? = 3
ipctl sysv-sem stat 0x5eed -o semaphores
ipctl sysv-sem set 0x5eed --values 0,0

# A doorbell: a command for each ring.
ipctl sysv-sem listen -c 2 0x5eed -- sh -c 'echo "ring $IPCTL_SEQ"' &
ipctl sysv-sem post -c 2 0x5eed
wait $!

# Who waits, and for what. When the set is removed, that process is told.
ipctl sysv-sem op 0x5eed 0:-1 1:=0 &
until ipctl sysv-sem ls -q -o blocked | grep -q semop; do sleep 0.1; done
ipctl sysv-sem stat 0x5eed -o semaphores,blocked
ipctl sysv-sem rm 0x5eed
wait $! || test $? = 4

# The system calls behind it.
ipctl sysv-sem create -v 0x5eed --values 1
ipctl sysv-sem run -v 0x5eed -- true
ipctl sysv-sem rm -v 0x5eed
