#!/bin/sh
# what is no pipe, not there, or no address is told apart, for send, recv and listen
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
for verb in send recv listen; do
    try() {
        wanted=$1
        shift
        expect_status "$wanted" ipctl pipe $verb "$@"
    }
    for text in nonsense 12 fd: fd:x fd:-1 :3 0:3 1:2:3 -1:3 99999999999999999999:1 fd:99999999999; do
        case $verb$text in
        listen-*) continue ;; # behind -- is a command
        listen*) try 2 "$text" ;;
        *) try 2 -- "$text" ;;
        esac
        expect_error "'$text' is no address of a descriptor: PID:FD, or fd:N for an inherited one"
    done
    try 4 fd:77
    expect_error "pipe $verb: fd:77: ipctl has inherited no such descriptor"
    try 4 "${pipe%:*}:77"
    expect_error "there is no such process, or it has no such descriptor"
    try 4 4194304:0
    expect_error "4194304:0: there is no such process, or it has no such descriptor"
    try 1 fd:0
    expect_error "fd:0: is no pipe or FIFO"
    try 1 "${pipe%:*}:0"
    expect_error "is no pipe or FIFO"
    : >file
    expect_status 1 ipctl pipe $verb fd:5 5<file
    expect_error "fd:5: is no pipe or FIFO"
    expect_status 1 python3 -c 'import os, socket, sys
a, b = socket.socketpair()
os.set_inheritable(a.fileno(), True)
os.execvp("ipctl", ["ipctl", "pipe", sys.argv[1], "fd:%d" % a.fileno()])' $verb
    expect_error "is no pipe or FIFO"
    # What is ipctl's own, and not inherited.
    expect_status 4 ipctl pipe $verb fd:3 3<&-
    try 2
    expect_error 'PIPE is missing'
done
