#!/bin/sh
# shm listen --offset --length watches those bytes and prints those only; a change elsewhere is none.
. "$(dirname "$0")/lib.sh"

ipctl shm create /here 10000
mkfifo ready
watch() {
    background sh -c 'exec ipctl shm listen --interval 1ms --ready-fd 5 "$@" /here 5>ready >got' sh "$@"
    read -r _ <ready
}
watch --offset 5000 --length 3 -c 2
# Beside it on both sides; that this is not seen shows in what comes first.
shm-put /here 4999 x
shm-put /here 5003 x
shm-put /here 0 x
shm-put /here 9999 x
shm-put /here 5000 abc
wait_until grep -qx abc got
shm-put /here 5002 d
wait "$bg" || fail "status $?"
expect_output 'abc
abd' cat got

watch --offset 9998 -c 1
shm-put /here 9997 y
shm-put /here 9998 z
wait "$bg" || fail "status $?"
expect_output zx cat got

for range in '--offset 10001' '--length 10001' '--offset 9999 --length 2' '--offset 18446744073709551615 --length 1'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl shm listen -n $range /here
    expect_error '/here: '
    expect_error 'it has 10000 bytes'
done
ipctl shm rm /here
