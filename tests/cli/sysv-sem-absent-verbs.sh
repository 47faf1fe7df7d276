#!/bin/sh
# Verbs that sysv-sem cannot have say why and what to use instead, status 2; aliases work, a misspelt one is suggested.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 2 600 3 1)
absent() {
    expect_status 2 ipctl sysv-sem "$1" 0x2a
    expect_error "ipctl: sysv-sem $1: "
    for pattern in "$@"; do [ "$pattern" = "$1" ] || expect_error "$pattern"; done
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    ! ipctl sysv-sem --help | grep -q "^  *$1 " || fail "$1 is in the help"
}
absent destroy 'ipctl sysv-sem rm'
absent init 'ipctl sysv-sem create' 'set SEL --values'
absent peek 'ipctl sysv-sem stat'
absent resize 'remove it'
expect_status 2 ipctl sysv-sem pots 0x2a
expect_error "'pots'"
expect_error "'post'"
expect_status 2 ipctl sysv-sem
[ ! -s "$out" ] || fail "prints help that nobody asked for on standard output"
for verb in create send post recv wait listen op run set stat ls rm; do
    expect_status 0 ipctl sysv-sem $verb --help
    grep -q "sysv-sem" "$out" || fail "no help for $verb"
done
expect_output '3 1' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
ipctl sysv-sem rm 0x2a
