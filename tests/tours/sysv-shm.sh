#!/bin/sh
# shellcheck disable=SC2016
# needs: test -r /proc/sysvipc/shm

# sysv-shm: System V shared memory

# A segment of 64 bytes, with an id and a key. What is written to it stays there; the rest is zeros.
ipctl sysv-shm create 0x2a --size 64
ipctl sysv-shm write 0x2a 'Tea at four'
ipctl sysv-shm write 0x2a 'five' --offset 7
ipctl sysv-shm read 0x2a --encode hexdump

# What there is, and all that is known of one segment.
ipctl sysv-shm ls
ipctl sysv-shm stat 0x2a

# What does not fit is not written. A segment never grows; its mode may change.
seq 100 | ipctl sysv-shm write 0x2a || test $? = 1
ipctl sysv-shm resize 0x2a 4K || test $? = 2
ipctl sysv-shm set 0x2a -m 0640

# To be told of a change. Once ipctl is ready, what changes is a change.
mkfifo sysv-ready-1
ipctl sysv-shm listen -c 1 --length 3 --ready-fd 4 0x2a -- sh -c 'echo "it begins with $(cat) now"' 4>sysv-ready-1 &
read -r _ <sysv-ready-1
ipctl sysv-shm write 0x2a Rum
wait $!

# Who has it attached.
ipctl sysv-shm run 0x2a -- ipctl sysv-shm stat 0x2a -o attached,holders,usage

# A segment that is removed while it is attached loses its key, and keeps its memory until the last process ends.
ipctl sysv-shm run 0x2a -- sh -c 'ipctl sysv-shm rm $IPCTL_ID; ipctl sysv-shm ls; ipctl sysv-shm read $IPCTL_ID --length 11; echo'
ipctl sysv-shm ls

# More than there is.
ipctl sysv-shm create --size 1000T || test $? = 1

# Results for programs.
ipctl sysv-shm create 0x2b --size 4K -J

# The system calls behind it.
ipctl sysv-shm write -v 0x2b hello
ipctl sysv-shm rm -v 0x2b
