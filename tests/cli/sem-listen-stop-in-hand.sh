#!/bin/sh
# sem listen -- CMD stopped by a signal: the command in hand finishes, nothing more is taken, then it dies of the signal.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s
for signal in TERM:143 INT:130; do
    ipctl sem post -c 3 /s
    background env --default-signal sh -c "exec ipctl sem listen /s -- sh -c '
        touch run; until [ -e go ]; do sleep 0.02; done; echo done' >got"
    wait_until test -e run
    kill "-${signal%:*}" "$bg"
    wait_until grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$bg/status"
    [ ! -s got ] || fail "the command ended: $(cat got)"
    touch go
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "SIG${signal%:*}: status $status"
    expect_output 'done' cat got
    expect_output 2 sem-op /s value
    sem-op /s wait 2
    rm go run
done
ipctl sem rm /s
