#!/bin/sh
# sysv-shm run: a signal sent to ipctl reaches CMD, which ends as it likes; ipctl stays attached until then, and ends as CMD did.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
attached() { awk -v id="$id" '$2 == id {print $7}' /proc/sysvipc/shm; }
for signal in TERM:143 INT:130 HUP:129 USR1:138 QUIT:131; do
    name=${signal%:*}
    background env --default-signal ipctl sysv-shm run 0x2a -- sh -c 'ulimit -c 0; echo $$ >pid; exec sleep 1000'
    wait_until test -s pid
    wait_until grep -q sleep "/proc/$(cat pid)/comm"
    [ "$(attached)" = 1 ] || fail "not attached"
    kill "-$name" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "SIG$name: status $status"
    [ ! -e "/proc/$(cat pid)" ] || fail "SIG$name: CMD still runs"
    [ "$(attached)" = 0 ] || fail "still attached"
    rm pid

    echo "trap 'awk \"\\\$2 == $id {print \\\$7}\" /proc/sysvipc/shm >seen; exit 7' $name; touch ready; while :; do sleep 0.02; done" >job
    background env --default-signal ipctl sysv-shm run 0x2a -- sh job
    wait_until test -e ready
    kill "-$name" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = 7 ] || fail "SIG$name: status $status, not CMD's"
    expect_output 1 cat seen
    rm ready seen
done
# CMD ends by a signal of its own; and SIGKILL of ipctl detaches, while CMD goes on.
expect_status 137 ipctl sysv-shm run 0x2a -- sh -c 'kill -KILL $$'
background ipctl sysv-shm run 0x2a -- sh -c 'echo $$ >pid; exec sleep 1000'
wait_until test -s pid
kill -KILL "$bg"
wait "$bg" || :
[ "$(attached)" = 0 ] || fail "still attached"
kill "$(cat pid)" || fail "CMD was ended"
ipctl sysv-shm rm 0x2a
