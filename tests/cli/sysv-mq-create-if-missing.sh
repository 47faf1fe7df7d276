#!/bin/sh
# sysv-mq create --if-missing: one that exists is accepted with the same attributes, its id printed; else those that differ are named.
. "$(dirname "$0")/lib.sh"

expect_status 0 ipctl sysv-mq create --if-missing 0x2a --bytes 300 -m 0640
id=$(cat "$out")
[ "$(awk 'NR == 2 { print $1, $2, $3 }' /proc/sysvipc/msg)" = "42 $id 640" ] || fail "$(cat /proc/sysvipc/msg)"
sysv-mq-send "$id" 1 kept
for options in '' '-m 0640' '--bytes 300' '--bytes 300 -m 0640' "--owner $(id -u):$(id -g)"; do
    # shellcheck disable=SC2086  # words
    expect_output "$id" ipctl sysv-mq create --if-missing 0x2a $options
done
differs() {
    expect_status 5 ipctl sysv-mq create --if-missing key:42 "$@"
    expect_error 'key:42: exists with other attributes'
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
differs --bytes 301
expect_error '--bytes is 300, not 301'
! grep -q -e --mode "$err" || fail "names an attribute that is the same"
differs -m 0600
expect_error '--mode is 0640, not 0600'
! grep -q -e --bytes "$err" || fail "names an attribute that is the same"
differs -m 0 --bytes 0 --owner 4321:1234
for named in '--bytes is 300, not 0' '--mode is 0640, not 0000' 'owner is *, not 4321' 'group is *, not 1234'; do
    expect_error "$named"
done
expect_output '1 kept' sysv-mq-recv "$id" 0 1 nowait
# Nobody may read it, but its attributes are seen all the same.
if [ "$root" = yes ]; then
    expect_output "$id" as_nobody ipctl sysv-mq create --if-missing 0x2a -m 0640 --bytes 300
    expect_status 5 as_nobody ipctl sysv-mq create --if-missing 0x2a --bytes 1
    expect_error '--bytes is 300, not 1'
fi
ipctl sysv-mq rm "$id"
