#!/bin/sh
# sysv-sem run and op -- CMD pass CMD's status on, 128+N when a signal has ended it; the value comes back in any case.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
back() { [ "$(sysv-sem-get "$id" | cut -d ' ' -f 1-3)" = '1 0 0' ] || fail "$1: the value is $(sysv-sem-get "$id")"; }
for verb in "run $id" "op $id 0:-1u"; do
    for status in 0 1 2 3 4 5 77 123 124 125 126 127 128 143 200 255; do
        # shellcheck disable=SC2086  # words
        expect_status $status ipctl sysv-sem $verb -- sh -c "exit $status"
        [ ! -s "$err" ] || fail "complains $(cat "$err")"
        back "$verb, $status"
    done
    for signal in KILL:137 TERM:143 INT:130 HUP:129 SEGV:139 PIPE:141 USR1:138; do
        # shellcheck disable=SC2086  # words
        expect_status "${signal#*:}" env --default-signal ipctl sysv-sem $verb -- sh -c "ulimit -c 0; kill -${signal%:*} \$\$"
        ! grep ipctl "$err" || fail "complains $(cat "$err")"
        back "$verb, $signal"
    done
done
ipctl sysv-sem rm "$id"
