#!/bin/sh
# signal send to a C program in sigwaitinfo(2): codes, sender, values, in the order of the kernel
. "$(dirname "$0")/lib.sh"

background signal-wait 4 10 34 > got
wait_until grep -q ready got
for value in 1 2; do
    expect_status 0 ipctl signal send "$bg" RTMIN --value $value -J
    wait_until grep -q "^34 -1 [0-9]* $(id -u) $value$" got
done
ipctl signal send "$bg" USR1
wait_until grep -q "^10 0 [0-9]* $(id -u) 0$" got
ipctl signal send "$bg" USR1 --thread "$bg" --wait > told
[ "$(cat told)" = "$bg: exited with status 0" ] || fail "$(cat told)"
# sigwaitinfo(2) of glibc makes tgkill(2) look like kill(2).
[ "$(grep -c "^10 0 [0-9]* $(id -u) 0$" got)" = 2 ] || fail "$(cat got)"
