#!/bin/sh
# pipe stat: what is no pipe is named for what it is; no such process or descriptor is status 4; another user's is told so
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background python3 -c 'import os, socket, sys, time
fds = [os.open("/etc/passwd", os.O_RDONLY), socket.socket().detach(), os.eventfd(0), os.open("fifo", os.O_RDWR), os.pipe()[0]]
print(os.getpid(), *fds, flush=True)
time.sleep(1000)' >fds
wait_until test -s fds
read -r pid file socket event fifo pipe <fds
expect_status 1 ipctl pipe stat "$pid:$file"
expect_error "$pid:$file: is no pipe, but /etc/passwd"
expect_status 1 ipctl pipe stat "$pid:$socket"
expect_error "$pid:$socket: is no pipe, but socket:*"
expect_status 1 ipctl pipe stat "$pid:$event"
expect_error "is no pipe, but anon_inode:*eventfd*"
expect_status 1 ipctl pipe stat "$pid:$fifo"
expect_error "is a FIFO, $tmp/fifo: 'ipctl fifo stat' shows it"
expect_status 4 ipctl pipe stat "$pid:99"
expect_error "$pid:99: process $pid (python3) has no such descriptor"
expect_status 4 ipctl pipe stat 2147483647:0
expect_error '2147483647:0: there is no such process'
expect_status 4 ipctl pipe stat fd:99
expect_error 'fd:99: is not open: nothing was inherited as that descriptor'
for address in "$pid" : 1: :1 1:x -1:1 0:1 fd: fd:x 1:99999999999 ''; do
    expect_status 2 ipctl pipe stat -- "$address"
    expect_error 'is no address of a descriptor: PID:FD, or fd:N for an inherited one'
done
expect_status 2 ipctl pipe stat -o nonsense 1:1
expect_status 2 ipctl pipe stat
# One of several fails: the others are shown.
expect_status 4 ipctl pipe stat -q --noheadings -o name "$pid:99" "$pid:$pipe"
[ "$(cat "$out")" = "$pid:$pipe" ]
if [ "$root" = yes ]; then
    expect_status 1 as_nobody ipctl pipe stat "$pid:$pipe"
    expect_error "$pid:$pipe: not permitted to look at process $pid (python3): it is another user's, or protected"
fi
