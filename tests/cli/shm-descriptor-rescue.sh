#!/bin/sh
# PID:FD reaches what has no name: an object that was removed is copied back, and a memfd is read, written and made an object.
. "$(dirname "$0")/lib.sh"

printf 'nearly lost' | ipctl shm create /here -f - -m 0640
background sh -c 'exec 5<>/dev/shm/here; echo opened >ready; exec sleep 1000'
wait_until test -s ready
ipctl shm rm /here
expect_output "deleted" ipctl shm stat --noheadings -o state "$bg:5"
expect_output '' ipctl shm copy "$bg:5" /here
expect_output 'nearly lost' ipctl shm read /here
expect_output 640 stat -c %a /dev/shm/here
ipctl shm rm /here

background python3 -c 'import os, time
fd = os.memfd_create("anonymous")
os.write(fd, b"in a memfd")
print(os.getpid(), fd, flush=True)
time.sleep(1000)' >memfd
wait_until test -s memfd
read -r pid fd <memfd
expect_output 'in a memfd' ipctl shm read "$pid:$fd"
expect_output '' ipctl shm write "$pid:$fd" IN
expect_output 'IN a memfd' cat "/proc/$pid/fd/$fd"
expect_output '' ipctl shm resize "$pid:$fd" 4
expect_output 'IN a' ipctl shm read "$pid:$fd"
expect_output '4 shm deleted' ipctl shm stat -b --raw --noheadings -o size,kind,state "$pid:$fd"
expect_output '' ipctl shm copy "$pid:$fd" /rescued
expect_output 'IN a' ipctl shm read /rescued
# It is of no use to look for it in /dev/shm.
expect_output '' sh -c 'ipctl shm ls --deleted --noheadings -o name | grep -v here || :'
ipctl shm rm /rescued
