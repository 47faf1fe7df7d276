#!/bin/sh
# no descriptor left: an error that tells so, and no message is lost
. "$(dirname "$0")/lib.sh"

if grep -q __asan_init "$ipctl"; then skip "a sanitized program needs descriptors"; fi
mkfifo fifo
exec 3<>fifo
printf 'one\n' >&3
for limit in 4 5 6 7 8; do
    status=0
    # shellcheck disable=SC3045  # every sh that Debian has knows ulimit -n
    (exec 3>&- && ulimit -n $limit && exec ipctl fifo recv -n fifo) >got 2>errors || status=$?
    case $status in
    0) echo one | cmp - got && printf 'one\n' >&3 ;;
    1) grep -q 'ipctl: fifo recv: ' errors || fail "$limit: $(cat errors)" ;;
    *) fail "limit $limit: status $status: $(cat errors)" ;;
    esac
done
expect_output one ipctl fifo recv -n fifo
