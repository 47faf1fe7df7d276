#!/bin/sh
# A semaphore whose file is emptied while ipctl waits on it: an error soon, no SIGBUS, no waiting for ever; named and unnamed.
. "$(dirname "$0")/lib.sh"

waiters() { [ "$(od -An -tu4 -j"$2" -N4 "$1")" -eq 1 ]; }
make() {
    rm -f /dev/shm/sem.s /dev/shm/m data
    sem-make /s 0
    shm-make /m 64
    truncate -s 5000 data
    sem-init shm:/m+32 0
    sem-init file:data+4096 0
}
# cut FILE OFFSET STATUS ARGUMENTS: OFFSET of the number of waiters
cut() {
    make
    background sh -c "exec timeout -s KILL 20 ipctl sem $4 2>errors"
    wait_until waiters "$1" "$2"
    truncate -s 0 "$1"
    status=0
    wait "$bg" || status=$?
    [ $status = "$3" ] || fail "$4: status $status: $(cat errors)"
    grep -q '^ipctl: sem .*: .*shortened' errors || fail "$4: $(cat errors)"
    [ ! -e ran ] || fail "$4: the command ran"
}
for place in '/dev/shm/sem.s 4 /s' '/dev/shm/m 36 shm:/m+32' 'data 4100 file:data+4096'; do
    address=${place##* }
    word=${place% *}
    for verb in wait 'wait -c 2' 'wait -w 60' 'wait -F %c' listen; do cut "${word% *}" "${word#* }" 1 "$verb $address"; done
    cut "${word% *}" "${word#* }" 1 "listen $address -- touch ran"
    cut "${word% *}" "${word#* }" 125 "run $address -- touch ran"
    cut "${word% *}" "${word#* }" 125 "run -w 60 $address -- touch ran"
done
rm /dev/shm/sem.s /dev/shm/m
