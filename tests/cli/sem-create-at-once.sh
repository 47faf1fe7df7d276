#!/bin/sh
# sem create by several at once, C among them: one succeeds and the others are status 5; with --if-missing all succeed.
. "$(dirname "$0")/lib.sh"

race() {
    rm -f ./status.*
    for i in 1 2 3 4 5 6 7 8; do
        (
            status=0
            ipctl sem create /raced --value "$i" "$@" 2>/dev/null || status=$?
            [ $status != 0 ] || echo "$i" >>winners
            echo $status >status.$i
        ) &
    done
    wait
    sort ./status.* | uniq -c | awk '{ printf "%s x %s\n", $1, $2 }'
    sem-op /raced value >value
    rm /dev/shm/sem.raced
}

for _ in 1 2 3 4 5; do
    : >winners
    expect_output "1 x 0
7 x 5" race
    cmp winners value || fail "the value is not the winner's"
    expect_output '8 x 0' race --if-missing -m 0640
done

for _ in 1 2 3 4 5; do
    sem-make /raced 9 2>/dev/null &
    other=$!
    status=0
    ipctl sem create /raced --value 1 2>/dev/null || status=$?
    wait $other && [ $status = 5 ] && wanted=9 || wanted=1
    [ $status = 0 ] || [ $status = 5 ] || fail "status $status"
    expect_output $wanted sem-op /raced value
    rm /dev/shm/sem.raced
done
