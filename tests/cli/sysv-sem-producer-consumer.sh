#!/bin/sh
# producers and consumers share a buffer of three places: each item arrives once, and there are never more than three
. "$(dirname "$0")/lib.sh"
free=0 filled=1 mutex=2
set=$(ipctl sysv-sem create 0x70c 3 --values 3,0,1)
mkdir buffer
produce() {
    for i in 1 2 3 4 5 6; do
        ipctl sysv-sem op "$set" -w 20 $free:-1 $mutex:-1  # both, or neither
        echo "$1-$i" >"buffer/$1-$i"
        ls buffer | wc -l >>most
        ipctl sysv-sem op "$set" $mutex:+1 $filled:+1
    done
}
consume() {
    for _ in 1 2 3 4 5 6 7 8 9; do
        ipctl sysv-sem op "$set" -w 20 $filled:-1 $mutex:-1
        item=$(ls buffer | head -n 1)
        cat "buffer/$item" >>taken
        rm "buffer/$item"
        ipctl sysv-sem op "$set" $mutex:+1 $free:+1
    done
}
pids=
for name in a b c; do
    produce $name &
    pids="$pids $!"
done
for _ in 1 2; do
    consume &
    pids="$pids $!"
done
for pid in $pids; do wait "$pid" || fail "a process failed"; done
for name in a b c; do for i in 1 2 3 4 5 6; do echo "$name-$i"; done; done >expected
sort taken | cmp - expected || fail "$(sort taken)"
[ "$(sort -n most | tail -n 1)" -le 3 ] || fail "too many in the buffer: $(cat most)"
ipctl sysv-sem rm "$set"
