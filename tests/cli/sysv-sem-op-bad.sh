#!/bin/sh
# sysv-sem op: what is no operation is a usage error that shows it, and nothing is done, not even the good ones before it.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 3 600 4 5 6)
before=$(cat /proc/sysvipc/sem; sysv-sem-get "$id")
for wrong in 0 0: :-1 0:1 0:-0 0:+0 0:=1 0:=0u 0:= 0:- 0:+ 0:u 0:-u 0:-1U 0:-1uu 0:-1x x:-1 0:-x 0:--1 0:+-1 0:-32768 0:+32768 \
    -1:-1 0:-99999999999999999999 0x0:-1 '0:-1 ' ' 0:-1' '' '0:-1,1:+1' "$(printf '0:-1\033[31m')"; do
    expect_status 2 ipctl sysv-sem op -n -- 0x2a 0:+1 "$wrong"
    expect_error "'"
    ! grep -q "$(printf '\033')" "$err" || fail "prints an escape sequence"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
expect_status 2 ipctl sysv-sem op 0x2a
expect_status 2 ipctl sysv-sem op
expect_status 2 ipctl sysv-sem op 0x2a:0 0:-1
expect_status 2 ipctl sysv-sem op 0x2a -- true
expect_status 2 ipctl sysv-sem op 0x2a 0:-1 --
[ "$(cat /proc/sysvipc/sem; sysv-sem-get "$id")" = "$before" ] || fail "changed: $(sysv-sem-get "$id")"
ipctl sysv-sem rm 0x2a
