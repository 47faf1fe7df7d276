#!/bin/sh
# Verbs that sysv-shm cannot have, resize among them, say why and what to use instead, status 2; a misspelt one is suggested.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 100 600)
absent() {
    wanted=$1
    shift
    expect_status 2 ipctl sysv-shm "$@" 0x2a 10
    expect_error "ipctl: sysv-shm $1: "
    expect_error "$wanted"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    ! ipctl sysv-shm --help | grep -q "^  *$1[, ]" || fail "$1 is in the help"
}
absent 'ipctl sysv-shm recv SEL' peek
absent "a segment's size is fixed when it is created" resize
expect_error 'ipctl sysv-shm recv SEL | ipctl sysv-shm send'
absent 'size is fixed' resize --force
expect_output 100 ipctl sysv-shm stat -b --noheadings -o size "$id"
# What it advises works.
sysv-shm-put "$id" 0 contents
larger=$(ipctl sysv-shm create --size 200) && ipctl sysv-shm recv 0x2a | ipctl sysv-shm send "$larger"
expect_output contents sysv-shm-get "$larger" 0 8
expect_status 2 ipctl sysv-shm raed 0x2a
expect_error "'raed'"
expect_error "'read'"
expect_status 2 ipctl sysv-shm
for verb in create send recv listen run lock unlock set stat ls rm; do
    ipctl sysv-shm --help | grep -q "^  *${verb}[, ]" || fail "$verb is not in the help"
    expect_status 0 ipctl sysv-shm $verb --help
    [ -s "$out" ] && [ ! -s "$err" ] || fail "$verb --help prints nothing, or complains"
done
ipctl sysv-shm rm "$id" "$larger"
