#!/bin/sh
# Verbs that mq cannot have say why and what to use instead, status 2; a misspelt one is suggested.
. "$(dirname "$0")/lib.sh"

absent() {
    expect_status 2 ipctl mq "$1" /q
    expect_error "ipctl: mq $1: "
    expect_error "$2"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    ! ipctl mq --help | grep -q "^  *$1 " || fail "$1 is in the help"
}
absent peek 'ipctl mq stat'
absent resize create
absent run 'ipctl mq listen'
absent set 'chmod'

expect_status 2 ipctl mq sned /q
expect_error "'sned'"
expect_error "'send'"
expect_status 2 ipctl mq
[ ! -s "$out" ] || fail "prints help that nobody asked for on standard output"
