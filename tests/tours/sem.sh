#!/bin/sh
# shellcheck disable=SC2016
# needs: test -d /dev/shm

# sem: POSIX semaphores

# A semaphore of value 2: it can be taken twice, then not until somebody posts.
ipctl sem create /slots --value 2
ipctl sem wait /slots
ipctl sem wait /slots
ipctl sem wait --nonblock /slots || test $? = 3
ipctl sem wait --timeout 200ms /slots || test $? = 124
ipctl sem post -c 2 /slots
ipctl sem ls
ipctl sem stat /slots

# Six jobs, of which no more than two run at once. One of them fails; what it took is given back all the same.
job() { ipctl sem run /slots -- sh -c "test $1 != 4 && sleep 0.2 && echo job $1"; }
for i in 1 2 3 4 5 6; do job $i & done
wait
ipctl sem stat /slots -o value

# A lock. The status is the command's own, or 3 when the lock is held.
ipctl sem create /lock --value 1
ipctl sem run /lock -- sh -c 'ipctl sem run -n /lock -- true; echo "status $?"'

# A value cannot be set, but added to and taken from.
ipctl sem set /slots 5 || test $? = 2
ipctl sem wait --all /slots
ipctl sem post -c 5 /slots

# Three, or none: there are only two more after this.
ipctl sem wait -c 3 /slots
ipctl sem wait -n -c 3 /slots || test $? = 3
ipctl sem stat /slots -o value

# A doorbell: a command for each post.
ipctl sem create /doorbell
ipctl sem listen -c 2 /doorbell -- sh -c 'echo "ring $IPCTL_SEQ"' &
ipctl sem post -c 2 /doorbell
wait $!

# Unnamed semaphores are in shared memory or in a file. Here one shell waits for another.
ipctl shm create /frames 4K
ipctl sem init shm:/frames+64
ipctl sem wait shm:/frames+64 && echo 'the frame is there' &
ipctl sem post shm:/frames+64
wait $!
ipctl sem destroy shm:/frames+64
ipctl sem post shm:/frames+64 || test $? = 1

# The system calls behind it.
ipctl sem run -v /lock -- true

ipctl sem rm /slots /lock /doorbell
ipctl shm rm /frames
