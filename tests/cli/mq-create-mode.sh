#!/bin/sh
# mq create -m OCTAL: the mode is exact, whatever the umask; what is no mode makes no queue.
. "$(dirname "$0")/lib.sh"

for mask in 000 022 077 777; do
    for mode in 0600 0666 0622 440 7 0; do
        (umask $mask && ipctl mq create -m $mode /mode) || fail "umask $mask, mode $mode: cannot create"
        got=$(stat -c %a /dev/mqueue/mode)
        [ $((0$got)) = $((0$mode)) ] || fail "umask $mask, mode $mode: the queue has $got"
        rm /dev/mqueue/mode
    done
done
expect_status 0 ipctl mq create --mode=0640 /mode
[ "$(stat -c %a /dev/mqueue/mode)" = 640 ] || fail "mode: $(stat -c %a /dev/mqueue/mode)"
rm /dev/mqueue/mode

for wrong in 8 0800 rw 10000 99999 -1 ''; do
    expect_status 2 ipctl mq create --mode="$wrong" /mode
    expect_error mode
    [ ! -e /dev/mqueue/mode ] || fail "mode '$wrong' made a queue"
done
