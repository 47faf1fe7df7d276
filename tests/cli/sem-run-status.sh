#!/bin/sh
# sem run passes CMD's status on, 128+N when a signal has ended it, and gives the semaphore back in any case.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
for status in 0 1 2 3 4 5 77 123 124 125 126 127 128 143 200 255; do
    expect_status $status ipctl sem run /s -- sh -c "exit $status"
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
    expect_output 1 sem-op /s value
done
for signal in KILL:137 TERM:143 INT:130 HUP:129 SEGV:139 PIPE:141 USR1:138; do
    expect_status "${signal#*:}" env --default-signal ipctl sem run /s -- sh -c "ulimit -c 0; kill -${signal%:*} \$\$"
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
    expect_output 1 sem-op /s value
done
# Killed by another.
background sh -c 'exec ipctl sem run /s -- sh -c "echo \$\$ >pid; exec sleep 1000"'
wait_until test -s pid
expect_output 0 sem-op /s value
kill -KILL "$(cat pid)"
status=0
wait "$bg" || status=$?
[ $status = 137 ] || fail "status $status"
expect_output 1 sem-op /s value
ipctl sem rm /s
