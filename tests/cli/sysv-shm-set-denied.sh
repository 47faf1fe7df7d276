#!/bin/sh
# sysv-shm set and rm by one who is neither owner nor creator (EPERM): status 1, who may; the mode does not matter, nothing changes.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a segment of another user"
open=$(sysv-shm-make 0x2a 10 666)
closed=$(sysv-shm-make 0x2b 10 600)
before=$(cat /proc/sysvipc/shm)
for sel in "$open" 0x2a; do
    for command in 'set -m 0777' 'set --owner nobody' rm 'rm --force'; do
        # shellcheck disable=SC2086  # words
        expect_status 1 as_nobody ipctl sysv-shm $command $sel
        expect_error "$sel: permission denied: only its owner, its creator or root may do that"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    done
done
for command in 'set -m 0777' 'set --owner nobody' rm; do
    # shellcheck disable=SC2086  # words
    expect_status 1 as_nobody ipctl sysv-shm $command "$closed"
    expect_error "$closed: permission"
    expect_error denied
done
expect_status 1 as_nobody ipctl sysv-shm rm "$closed" "$open"
[ "$(wc -l <"$err")" = 2 ] || fail "not a line for each: $(cat "$err")"
[ "$(cat /proc/sysvipc/shm)" = "$before" ] || fail "changed: $(cat /proc/sysvipc/shm)"
# Owner and creator may.
ipctl sysv-shm set --owner nobody -m 0 "$closed"
expect_output '' as_nobody ipctl sysv-shm set -m 0600 "$closed"
expect_output '' as_nobody ipctl sysv-shm rm "$closed"
ipctl sysv-shm rm "$open"
