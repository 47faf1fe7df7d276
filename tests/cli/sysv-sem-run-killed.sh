#!/bin/sh
# sysv-sem run: kill -9 of CMD gives the semaphore back, to one who waits too; what CMD has posted itself stays.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
for _ in 1 2 3 4 5 6 7 8; do
    rm -f started
    background ipctl sysv-sem run "$id" -- sh -c 'echo >started; exec sleep 1000'
    holder=$bg
    wait_until test -e started
    background ipctl sysv-sem run "$id" -- sh -c 'echo got >>log'
    wait_until sh -c "sysv-sem-get $id | grep -q '^0 1 '"
    kill -KILL "$holder"
    status=0
    wait "$holder" 2>/dev/null || status=$?
    [ $status = 137 ] || fail "status $status"
    wait "$bg" || fail "the next one: status $?"
    expect_output '1 0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1-3"
done
expect_output 8 sh -c 'wc -l <log'
expect_status 137 ipctl sysv-sem run -c 1 "$id" -- sh -c "ipctl sysv-sem post -c 4 $id; kill -9 \$\$"
expect_output 5 sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
expect_status 137 ipctl sysv-sem run -c 5 "$id" -- sh -c 'kill -9 $$'
expect_output 5 sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
ipctl sysv-sem rm "$id"
