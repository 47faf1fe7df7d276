#!/bin/sh
# where the writers have gone: what is left is the last message, without its mark; then status 3, and for listen 0; never a wait
. "$(dirname "$0")/lib.sh"

expect_status 3 sh -c 'true | ipctl pipe recv fd:0'
expect_error 'pipe recv: fd:0: the writers have gone'
expect_status 3 sh -c 'true | ipctl pipe recv -w 100 fd:0'
expect_status 3 sh -c 'true | ipctl pipe recv -a fd:0'
expect_status 0 sh -c 'true | ipctl pipe listen fd:0'
expect_output partial sh -c 'printf partial | ipctl pipe recv fd:0'
expect_output 'a
partial' sh -c 'printf "a\npartial" | ipctl pipe listen fd:0'
expect_status 3 sh -c 'printf "a\npartial" | ipctl pipe recv -c 5 fd:0'
expect_printed 'a
partial'
# They are gone before ipctl looks, or while it waits.
mkfifo go
{ printf late; read -r _ <go; } | {
    background ipctl pipe recv fd:0 >got
    wait_until sh -c "grep -q poll /proc/$bg/wchan"
    echo >go
    wait "$bg"
}
expect_output late cat got
# With its length before it, a message whose end does not come is no message. It is saved.
expect_status 1 sh -c 'printf "\5\0\0\0ab" | ipctl pipe recv --length-prefix fd:0'
expect_error 'the writers left in the middle of a message: 6 bytes of it are there'
saved=$(find .home/state/ipctl -name '*unfinished*')
printf '\5\0\0\0ab' | cmp - "$saved"
rm "$saved"
expect_status 1 sh -c 'printf "\1\0\0\0a\5\0" | ipctl pipe listen --length-prefix -N fd:0'
expect_printed a
expect_error 'in the middle of a message: 2 bytes'
# The end of a write end that was never written to, of a process that has ended.
expect_status 3 python3 -c 'import os
read, write = os.pipe()
os.close(write)
os.dup2(read, 0)
os.execvp("ipctl", ["ipctl", "pipe", "recv", "fd:0"])'
expect_error 'the writers have gone'
