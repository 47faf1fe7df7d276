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
switches() { cat "/proc/$waiting/status" "/proc/$listening/status" | awk '/^voluntary/ {n += $2} END {print n}'; }
first=$(switches)
sleep 1
[ "$(ticks "$waiting") $(ticks "$listening")" = "$before" ] || fail "$before, then $(ticks "$waiting") $(ticks "$listening")"
later=$(switches)
[ $((later - first)) -le 4 ] || fail "woken $((later - first)) times"
printf '\n' >&3
wait "$waiting"
[ "$(cat got)" = unfinished ]
