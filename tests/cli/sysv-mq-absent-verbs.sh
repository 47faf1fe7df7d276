#!/bin/sh
# Verbs that sysv-mq cannot have say why and what to use instead, status 2; a misspelt one is suggested; none of them is in the help.
. "$(dirname "$0")/lib.sh"

absent() {
    expect_status 2 ipctl sysv-mq "$1" 0x2a
    expect_error "ipctl: sysv-mq $1: "
    expect_error "$2"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    ! ipctl sysv-mq --help | grep -q "^  *$1 " || fail "$1 is in the help"
}
absent peek 'ipctl sysv-mq recv SEL --peek'
absent resize 'ipctl sysv-mq set SEL --bytes'
absent run 'ipctl sysv-mq listen SEL -- CMD'

expect_status 2 ipctl sysv-mq sned 0x2a
expect_error "'sned'"
expect_error "'send'"
expect_status 2 ipctl sysv-mq
for verb in create send recv listen stat ls rm set; do
    ipctl sysv-mq --help | grep -q "^  *$verb " || fail "$verb is not in the help"
    expect_status 0 ipctl sysv-mq $verb --help
    [ -s "$out" ] && [ ! -s "$err" ] || fail "$verb --help prints nothing, or complains"
done
