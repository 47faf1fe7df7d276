#!/bin/sh
# sysv-sem create --mode: exactly that, whatever the umask; default 0600; what has no bit for its owner gets its values too.
. "$(dirname "$0")/lib.sh"

mode_of() { awk -v id="$1" '$2 == id { print $3 }' /proc/sysvipc/sem; }
as=direct
direct() { "$@"; }
check() {
    wanted=$1
    shift
    id=$($as ipctl sysv-sem create "$@" --values 3,4)
    expect_output "$wanted" mode_of "$id"
    expect_output '3 4' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
    $as ipctl sysv-sem rm "$id"
}
checks() {
    for mask in 022 077 0777 0; do
        umask $mask
        check 600
        for mode in 0 0400 0200 0640 0666 0777 0044 0111; do check "$(printf %o "0$mode")" -m $mode; done
    done
    umask 022
}
[ "$(id -u)" = 0 ] || skip "reads the values of sets that nobody may read"
checks
for wrong in 1000 01777 2600 4755 8 600x -1 ''; do
    expect_status 2 ipctl sysv-sem create --mode="$wrong"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
expect_status 2 ipctl sysv-sem create -m 1600
expect_error 0777
[ "$root" = yes ] || exit 0
as=as_nobody
checks
