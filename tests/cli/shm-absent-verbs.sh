#!/bin/sh
# Verbs that shm cannot have say why and what to use instead, status 2; a misspelt one is suggested.
. "$(dirname "$0")/lib.sh"

absent() {
    expect_status 2 ipctl shm "$1" /here
    expect_error "ipctl: shm $1: "
    expect_error "$2"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    ! ipctl shm --help | grep -q "^  *$1 " || fail "$1 is in the help"
}
absent peek 'ipctl shm recv'
absent set 'chmod'
absent set 'ipctl shm resize'
absent lock 'mlock'
absent unlock 'sysv-shm'

expect_status 2 ipctl shm craete /here
expect_error "'craete'"
expect_error "'create'"
expect_status 2 ipctl shm
[ ! -s "$out" ] || fail "prints help that nobody asked for on standard output"
expect_status 0 ipctl shm --help
for verb in create send write recv read resize listen run copy stat ls rm; do
    grep -q "[ ,]${verb}[ ,]" "$out" || fail "$verb is not in the help"
    expect_status 0 ipctl shm $verb --help
    grep -q "^usage: ipctl shm " "$out" || fail "no usage of $verb"
    expect_status 0 ipctl shm --help
done
