#!/bin/sh
# sysv-shm create --if-missing: the id of one that has what was asked for; status 5 that names each attribute that differs.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-shm create --if-missing 0x2a --size 100 -m 0640)
for options in '' '-m 0640' '--owner 0' "--owner $(id -un):$(id -gn)"; do
    if [ "$root" = no ] && [ "${options#--owner}" != "$options" ]; then continue; fi
    # shellcheck disable=SC2086  # words
    expect_output "$id" ipctl sysv-shm create --if-missing 0x2a --size 100 $options
done
differs() {
    wanted=$1
    shift
    expect_status 5 ipctl sysv-shm create --if-missing 0x2a "$@"
    expect_error "0x2a: exists with other attributes: "
    expect_error "$wanted"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
differs '--size is 100, not 99' --size 99
differs '--size is 100, not 101' --size 101
differs '--size is 100, not 4096' --size 4K
differs '0640' --size 100 -m 0600
differs 0644 --size 100 -m 0644
differs '--size is 100, not 7' --size 7 -m 0644
expect_error 0640
differs nobody --size 100 --owner nobody
differs 1234 --size 100 --owner :1234
! grep -q -e --size "$err" || fail "names what is the same: $(cat "$err")"
expect_status 2 ipctl sysv-shm create --if-missing 0x2a
expect_output '100 0640' ipctl sysv-shm stat -b --raw --noheadings -o size,mode 0x2a
# One that may not be read has its attributes all the same.
if [ "$root" = yes ]; then
    ipctl sysv-shm set -m 0 "$id"
    expect_output "$id" as_nobody ipctl sysv-shm create --if-missing 0x2a --size 100
    expect_status 5 as_nobody ipctl sysv-shm create --if-missing 0x2a --size 50
fi
ipctl sysv-shm rm "$id"
