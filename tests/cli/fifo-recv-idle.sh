#!/bin/sh
# a reader that waits does nothing, also while an unfinished message is in the FIFO
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'unfinished' >&3
background ipctl fifo recv fifo >got
waiting=$bg
mkfifo other
background ipctl fifo listen other >got2
listening=$bg
(exec 4>other)
ticks() { sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 12,13; }
wait_until grep -q '^State:.S' "/proc/$waiting/status"
sleep 0.3
before="$(ticks "$waiting") $(ticks "$listening")"
switches=$(grep -h '^voluntary' "/proc/$waiting/status" "/proc/$listening/status" | cut -f 2 | xargs)
sleep 1
[ "$(ticks "$waiting") $(ticks "$listening")" = "$before" ] || fail "$before, then $(ticks "$waiting") $(ticks "$listening")"
later=$(grep -h '^voluntary' "/proc/$waiting/status" "/proc/$listening/status" | cut -f 2 | xargs)
[ $((${later% *} + ${later#* } - ${switches% *} - ${switches#* })) -le 4 ] || fail "woken: $switches, then $later"
printf '\n' >&3
wait "$waiting"
[ "$(cat got)" = unfinished ]
