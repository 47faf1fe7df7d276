#!/bin/sh
# mq listen -- CMD stopped by SIGTERM or SIGINT: commands in hand finish, nothing more is taken, then it dies of the signal.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
for jobs in 1 3; do
    for signal in TERM:143 INT:130; do
        mq-send /q 0 a b c d
        background env --default-signal sh -c "exec ipctl mq listen -j $jobs /q -- sh -c '
            m=\$(cat); touch run-\$m; until [ -e go ]; do sleep 0.02; done; echo done-\$m' >got"
        wait_until sh -c "[ \$(ls run-* | wc -l) = $jobs ]"
        kill "-${signal%:*}" "$bg"
        wait_until grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$bg/status"
        [ ! -s got ] || fail "a command ended: $(cat got)"
        touch go
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "-j $jobs, SIG${signal%:*}: status $status"
        expect_output "$(printf '%s\n' a b c d | head -$jobs | sed 's/^/done-/')" sort got
        expect_output "$(printf '%s\n' a b c d | tail -n +$((jobs + 1)))" sh -c 'mq-recv -n /q 9 | cut -d" " -f3'
        rm go run-*
    done
done
ipctl mq rm /q
