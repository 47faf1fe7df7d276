#!/bin/sh
# mq names that no queue can have are refused by every verb: status 2, one line that shows the name and says why.
. "$(dirname "$0")/lib.sh"

refused() {
    for verb in create send recv listen stat rm; do
        expect_status 2 ipctl mq $verb "$1"
        expect_error "'$1' is not a queue name"
        expect_error "$2"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
        [ ! -s "$out" ] || fail "$verb prints $(cat "$out")"
    done
}

refused '' nothing
refused / nothing
refused . directory
refused /. directory
refused .. directory
refused /.. directory
refused // slash
refused //x slash
refused a/b slash
refused /a/ slash
expect_output '' ls -A /dev/mqueue
