#!/bin/sh
# sem names that no semaphore can have are refused by every verb: status 2, one line that shows the name and says why.
. "$(dirname "$0")/lib.sh"

refused() {
    for verb in create post send wait recv listen stat rm; do
        expect_status 2 ipctl sem $verb "$1"
        expect_error "'$1' is not the name of a semaphore"
        expect_error "$2"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
        [ ! -s "$out" ] || fail "$verb prints $(cat "$out")"
    done
    expect_status 2 ipctl sem run "$1" -- touch ran
    expect_error "'$1' is not the name of a semaphore"
    [ ! -e ran ] || fail "the command ran"
}

refused '' nothing
refused / nothing
refused // nothing
refused a/b slash
refused /a/b slash
refused //a/b slash
refused /a/ slash
expect_output '' ls -A /dev/shm
