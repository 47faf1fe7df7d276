#!/bin/sh
# dining philosophers: both forks are taken in one operation, so nobody starves and no neighbours eat at once
. "$(dirname "$0")/lib.sh"
set=$(ipctl sysv-sem create private 5 --values 1,1,1,1,1)
# $1 $2: the forks. The kernel puts them back when eating ends, however that ends.
cat >eat <<'END'
mkdir fork-$1 || exit 1
mkdir fork-$2 || exit 1
echo "$1" >>meals
rmdir fork-$1 fork-$2
[ "$3" -ne 2 ] || kill -9 $$  # chokes
END
dine() {
    left=$1 right=$((($1 + 1) % 5))
    for meal in 1 2 3 4; do
        status=0
        ipctl sysv-sem op "$set" -w 30 $left:-1u $right:-1u -- sh ./eat $left $right $meal || status=$?
        [ $status -eq 0 ] || { [ $meal -eq 2 ] && [ $status -eq 137 ]; } || return 1
    done
}
pids=
for i in 0 1 2 3 4; do
    dine $i &
    pids="$pids $!"
done
for pid in $pids; do wait "$pid" || fail "one could not eat, or not alone: $(cat meals)"; done
[ "$(wc -l <meals)" -eq 20 ] || fail "$(cat meals)"
expect_status 0 ipctl sysv-sem op -n "$set" 0:-1 1:-1 2:-1 3:-1 4:-1  # all forks are on the table
ipctl sysv-sem rm "$set"
