#!/bin/sh
# sem create -m OCTAL: the mode is exact, whatever the umask; what is no mode makes no semaphore.
. "$(dirname "$0")/lib.sh"

for mask in 000 022 077 777; do
    for mode in 0600 0666 0622 440 7 0; do
        (umask $mask && ipctl sem create -m $mode /mode) || fail "umask $mask, mode $mode: cannot create"
        got=$(stat -c %a /dev/shm/sem.mode)
        [ $((0$got)) = $((0$mode)) ] || fail "umask $mask, mode $mode: the semaphore has $got"
        rm /dev/shm/sem.mode
    done
    (umask $mask && ipctl sem create /mode)
    [ "$(stat -c %a /dev/shm/sem.mode)" = 600 ] || fail "umask $mask, no mode: $(stat -c %a /dev/shm/sem.mode)"
    rm /dev/shm/sem.mode
done
expect_status 0 ipctl sem create --mode=0640 /mode
expect_output 640 stat -c %a /dev/shm/sem.mode
rm /dev/shm/sem.mode

for wrong in 8 0800 rw 10000 99999 -1 ''; do
    expect_status 2 ipctl sem create --mode="$wrong" /mode
    expect_error mode
    [ ! -e /dev/shm/sem.mode ] || fail "mode '$wrong' made a semaphore"
done
