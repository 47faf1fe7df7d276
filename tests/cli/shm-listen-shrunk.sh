#!/bin/sh
# shm listen on an object that is shrunk meanwhile is an error that says so, and no SIGBUS; one that grows is watched as before.
. "$(dirname "$0")/lib.sh"

mkfifo ready
for options in '--interval 1ms' '--futex 8192' '--interval 1ms --offset 8192 --length 4 -c 5'; do
    shm-make /here 10000
    background sh -c "exec ipctl shm listen --ready-fd 5 $options /here 5>ready >got 2>errors"
    read -r _ <ready
    shm-size /here 20000
    shm-size /here 100
    status=0
    timeout 20 tail -f /dev/null --pid="$bg" || fail "$options: goes on"
    wait "$bg" || status=$?
    [ $status = 1 ] || fail "$options: status $status: $(cat errors)"
    grep -q '/here: was shrunk by another process' errors || fail "$options: says $(cat errors)"
    [ "$(wc -l <errors)" = 1 ] || fail "not one line: $(cat errors)"
    [ ! -s got ] || fail "printed $(cat got)"
    ipctl shm rm /here
done
