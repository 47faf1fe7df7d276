#!/bin/sh
# sem-sum [full]: many post and take at once, ipctl and C, some give up and some are stopped: what was posted is taken or there
. "$(dirname "$0")/../cli/lib.sh"

count=2000
quitters=20
if [ "${1:-}" = full ]; then
    count=100000
    quitters=300
fi
singles=$((quitters * 5))
shm-make /m 64
sem-make /s 0
sem-init shm:/m+32 0

waited=
start() {
    background "$@"
    waited="$waited $bg"
}
# many N CMD...: CMD, N times
many() {
    left=$1
    shift
    while [ "$left" -gt 0 ]; do
        "$@" || exit 1
        left=$((left - 1))
    done
}
# These take so many or, when the time is up or they are stopped, none; a line is printed for each that was taken.
quit_after() {
    status=0
    "$@" >>taken || status=$?
    if [ $status = 124 ]; then echo >>quit; else return $status; fi
}
give_up() { quit_after ipctl sem wait -c 40 -w 10ms -F %c "$1"; }
stopped() { quit_after timeout -s TERM "0.0$(shuf -i 10-49 -n 1)" ipctl sem wait -c 30 -F %c "$1"; }
run_in() { ipctl sem run "$1" -- true; }

for address in /s shm:/m+32; do
    : >taken
    : >quit
    waited=
    start many $singles sem-op $address post $((count / singles))
    start many $singles ipctl sem post -c $((count / singles)) $address
    start many $singles ipctl sem post $address
    start sem-op $address wait $((count / 2))
    start sh -c "exec ipctl sem listen -c $((count / 2)) $address >>taken"
    start sh -c "exec ipctl sem wait -c $((count / 4)) -F %c $address >>taken"
    start many $singles ipctl sem wait $address
    start many $quitters give_up $address
    start many $quitters stopped $address
    start many $quitters run_in $address
    for pid in $waited; do wait "$pid" || fail "one of the ten ended with status $?"; done
    posted=$((2 * (count / singles) * singles + singles))
    taken=$((count / 2 + singles + $(wc -l <taken)))
    left=$(sem-op $address value)
    echo "$address: $posted posted, $taken taken, $left left; $(wc -l <quit) of $((2 * quitters)) quit"
    [ $((taken + left)) = $posted ] || fail "$((posted - taken - left)) are missing"
    expect_output 0 ipctl sem stat --noheadings -o waiters $address
done
ipctl sem rm /s
rm /dev/shm/m
