#!/bin/sh
# shellcheck disable=SC2016
# needs: test -d /dev/shm

# shm: POSIX shared memory

# An object of 64 bytes. What is written to it stays there for all to read; the rest is zeros.
ipctl shm create /board 64
ipctl shm write /board 'Tea at four'
ipctl shm write /board 'five' --offset 7
ipctl shm read /board --encode hexdump

# What there is, and all that is known of one object.
ipctl shm ls
ipctl shm stat /board

# What does not fit is not written, and is an error before the first byte. An object may grow.
seq 100 | ipctl shm write /board || test $? = 1
seq 100 | ipctl shm write /board --grow
ipctl shm read /board --length 9

# To make it shorter takes the memory away from whoever maps it, as this one does to wait on its first word. So it is refused.
mkfifo ready-1
ipctl shm listen --futex 0 --ready-fd 4 /board 4>ready-1 &
read -r _ <ready-1
ipctl shm resize /board 10 || test $? = 1

# That process keeps the memory also when the name is gone: a leak that nobody sees without looking for it.
ipctl shm rm /board
ipctl shm ls
ipctl shm ls --deleted
kill $!
wait $! || test $? = 143

# The contents of a file, and a command that gets them as a descriptor.
seq 5 | ipctl shm create /numbers -f -
ipctl shm run /numbers -- sh -c 'paste -s -d+ <&$IPCTL_FD'

# To be told of a change. Once ipctl is ready, what changes is a change.
mkfifo ready-2
ipctl shm listen -c 1 --length 2 --ready-fd 4 /numbers -- sh -c 'echo "it begins with $(cat) now"' 4>ready-2 &
read -r _ <ready-2
ipctl shm write /numbers 7
wait $!

# Copies appear complete or not at all: another object, and a file.
ipctl shm copy /numbers /backup
ipctl shm copy /numbers ./saved
ipctl shm read /backup | cmp - saved

# More than there is: memory is taken now, so that the error comes now.
ipctl shm create /huge 1000G || test $? = 1

# Results for programs.
ipctl shm ls -J -o name,size,used

# The system calls behind it.
ipctl shm create -v /seen 4K

ipctl shm rm /seen /backup /numbers
