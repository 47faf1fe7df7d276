#!/bin/sh
# shm create -m OCTAL: the mode is exact, whatever the umask, and 0600 without; what is no mode makes no object.
. "$(dirname "$0")/lib.sh"

for mask in 000 022 077 777; do
    for mode in 0600 0666 0622 440 7 0; do
        (umask $mask && ipctl shm create -m $mode /mode 10) || fail "umask $mask, mode $mode: cannot create"
        got=$(stat -c %a /dev/shm/mode)
        [ $((0$got)) = $((0$mode)) ] || fail "umask $mask, mode $mode: the object has $got"
        rm /dev/shm/mode
    done
    (umask $mask && ipctl shm create /mode 10)
    expect_output 600 stat -c %a /dev/shm/mode
    rm /dev/shm/mode
done
echo text >file
expect_status 0 ipctl shm create --mode=0444 /mode -f file
expect_output 444 stat -c %a /dev/shm/mode
cmp file /dev/shm/mode
rm /dev/shm/mode

for wrong in 8 0800 rw 10000 99999 -1 ''; do
    expect_status 2 ipctl shm create --mode="$wrong" /mode 10
    expect_error mode
    [ ! -e /dev/shm/mode ] || fail "mode '$wrong' made an object"
done
