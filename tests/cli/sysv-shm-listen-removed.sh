#!/bin/sh
# sysv-shm listen ends with status 4 when the segment is removed, polling or with --futex; one removed before can be watched by its id.
. "$(dirname "$0")/lib.sh"

mkfifo ready
for options in '--interval 10ms' '' '--futex 4' '--interval 10ms -w 60' '--interval 10ms -c 5'; do
    id=$(sysv-shm-make 0x2a 8 600)
    background sysv-shm-hold "$id" >held
    holder=$bg
    wait_until sh -c "awk '\$2 == $id {print \$7}' /proc/sysvipc/shm | grep -x 1"
    # shellcheck disable=SC2086  # words
    background sh -c 'exec ipctl sysv-shm listen --encode hex --ready-fd 5 "$@" 5>ready >got 2>errors' sh $options 0x2a
    read -r _ <ready
    # Attached or not, its user keeps the memory.
    sysv-rm shm "$id"
    status=0
    wait "$bg" || status=$?
    [ $status = 4 ] || fail "$options: status $status: $(cat errors)"
    expect_output '' cat got
    grep -q "sysv-shm listen: $id: was removed" errors || fail "says $(cat errors)"
    [ "$(wc -l <errors)" = 1 ] || fail "not one line: $(cat errors)"
    # By its id, while it lives.
    background sh -c 'exec ipctl sysv-shm listen --interval 1ms --encode hex -c 1 --ready-fd 5 "$1" 5>ready >got 2>errors' sh "$id"
    read -r _ <ready
    sysv-shm-put "$id" 7 z
    wait "$bg" || fail "status $?: $(cat errors)"
    expect_output 000000000000007a cat got
    kill "$holder"
    wait "$holder" || :
    wait_until sh -c "! sysv-exists shm $id"
done
