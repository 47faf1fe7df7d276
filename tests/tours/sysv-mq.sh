#!/bin/sh
# shellcheck disable=SC2016
# needs: test -r /proc/sysvipc/msg

# sysv-mq: System V message queues

# A queue has an id, which the kernel chooses, and a key, by which others find it.
ipctl sysv-mq create 0x2a
ipctl sysv-mq send 0x2a 'sweep the floor' 'feed the cat'
printf 'put out the fire\n' | ipctl sysv-mq send -l --type 9 0x2a

# What there is, and all that is known of one queue.
ipctl sysv-mq ls
ipctl sysv-mq stat 0x2a

# Messages are looked at, and stay. They are taken in order, by type, or the lowest type first.
ipctl sysv-mq recv --peek --all -F 'type %p: %s' 0x2a
ipctl sysv-mq recv --type 9 0x2a
ipctl sysv-mq recv -J --type -5 0x2a
ipctl sysv-mq recv 0x2a

# An empty queue: not to wait is status 3, to wait in vain is status 124.
ipctl sysv-mq recv --nonblock 0x2a || test $? = 3
ipctl sysv-mq recv --timeout 200ms 0x2a || test $? = 124

# A queue that holds less, full, and a message that is too long for it.
ipctl sysv-mq set 0x2a --bytes 10
ipctl sysv-mq send --nonblock 0x2a 1234 1234 1234 || test $? = 3
ipctl sysv-mq send 0x2a 'longer than the queue' || test $? = 1
ipctl sysv-mq recv --all 0x2a

# Delivered first and taken then: here ipctl is killed before the command has ended, and the message is still there.
ipctl sysv-mq send 0x2a precious
ipctl sysv-mq listen --safe 0x2a -- sh -c 'kill -KILL "$PPID"' || test $? = 137
ipctl sysv-mq listen --safe -c 1 0x2a -- sh -c 'echo "message $IPCTL_SEQ: $(cat)"'

# Who waits in it, and for what. When the queue is removed, that process is told.
ipctl sysv-mq recv --type 7 0x2a &
until ipctl sysv-mq ls -q -o blocked | grep -q msgrcv; do sleep 0.1; done
ipctl sysv-mq stat 0x2a -o blocked,usage
ipctl sysv-mq rm 0x2a
wait $! || test $? = 4

# The system calls behind it.
ipctl sysv-mq create -v ftok:/etc/passwd:J
ipctl sysv-mq send -v ftok:/etc/passwd:J hello
ipctl sysv-mq recv -v ftok:/etc/passwd:J
ipctl sysv-mq rm -v ftok:/etc/passwd:J
