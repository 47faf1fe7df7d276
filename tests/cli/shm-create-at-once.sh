#!/bin/sh
# shm create by several at once: one succeeds and the others are status 5; with --if-missing all succeed.
. "$(dirname "$0")/lib.sh"

race() {
    rm -f ./status.*
    for i in 1 2 3 4 5 6; do
        (
            status=0
            ipctl shm create "$@" /raced 100K 2>/dev/null || status=$?
            echo $status >status.$i
        ) &
    done
    wait
    sort ./status.* | uniq -c | awk '{ printf "%s x %s\n", $1, $2 }'
    rm /dev/shm/raced
}

for _ in $(seq 15); do
    expect_output "1 x 0
5 x 5" race
    expect_output '6 x 0' race --if-missing
    expect_output '6 x 0' race --if-missing -m 0640
done
