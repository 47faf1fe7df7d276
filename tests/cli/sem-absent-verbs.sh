#!/bin/sh
# Verbs that sem cannot have say why and what to use instead, status 2; a misspelt one is suggested.
. "$(dirname "$0")/lib.sh"

sem-make /s 3
absent() {
    expect_status 2 ipctl sem "$1" /s
    expect_error "ipctl: sem $1: "
    for pattern in "$@"; do [ "$pattern" = "$1" ] || expect_error "$pattern"; done
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    ! ipctl sem --help | grep -q "^  *$1 " || fail "$1 is in the help"
}
absent set 'no call' 'ipctl sem post -c N' 'ipctl sem wait' 'remove it' --value sysv-sem
absent peek 'ipctl sem stat'
absent resize 'ipctl sem post'
absent op sysv-sem
expect_status 2 ipctl sem set /s 5
expect_error 'no call'
expect_output 3 sem-op /s value

expect_status 2 ipctl sem pots /s
expect_error "'pots'"
expect_error "'post'"
expect_status 2 ipctl sem
[ ! -s "$out" ] || fail "prints help that nobody asked for on standard output"
ipctl sem rm /s
