#!/bin/sh
# sysv-shm without permission (EACCES): status 1, and the error names what was wanted, the owner and the mode; the mode's bits decide.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a segment of another user"
closed=$(sysv-shm-make 0x111 10 660)
read_only=$(sysv-shm-make 0x444 10 644)
write_only=$(sysv-shm-make 0x222 10 622)
denied() {
    status=$1
    what=$2
    id=$3
    mode=$4
    shift 4
    expect_status "$status" as_nobody ipctl sysv-shm "$@"
    expect_error "$id: permission to $what denied"
    expect_error "belongs to root and has mode $mode"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
for pair in "$closed:0660" "$write_only:0622"; do
    id=${pair%:*}
    for verb in recv listen 'listen -n' 'listen --futex 0'; do
        # shellcheck disable=SC2086  # words
        denied 1 read "$id" "${pair#*:}" $verb "$id"
    done
    denied 125 read "$id" "${pair#*:}" run --read-only "$id" -- true
done
for pair in "$closed:0660" "$write_only:0622" "$read_only:0644"; do
    id=${pair%:*}
    denied 1 'read and write' "$id" "${pair#*:}" send "$id" x
    denied 125 'read and write' "$id" "${pair#*:}" run "$id" -- touch ran
done
[ ! -e ran ] || fail "CMD ran"
sysv-shm-put "$read_only" 0 0123456789
expect_output 0123456789 as_nobody ipctl sysv-shm recv "$read_only"
expect_output 0123456789 as_nobody ipctl sysv-shm recv 0x444
expect_status 3 as_nobody ipctl sysv-shm listen -n "$read_only"
expect_output ran as_nobody ipctl sysv-shm run --read-only 0x444 -- echo ran
# All may look at all.
expect_output "$closed 0660 10" as_nobody ipctl sysv-shm stat -q -b --raw --noheadings -o id,mode,size "$closed"
ipctl sysv-shm rm "$closed" "$read_only" "$write_only"
