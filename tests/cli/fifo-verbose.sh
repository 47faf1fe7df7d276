#!/bin/sh
# -v shows the system calls behind each verb
. "$(dirname "$0")/lib.sh"

ipctl fifo create -v fifo 2>log
grep -q '^mkfifoat(.*"fifo", 0600) = 0' log || fail "$(cat log)"
exec 3<>fifo
ipctl fifo send -v fifo hello 2>log
for call in 'flock(' 'pwritev2('; do grep -qF "$call" log || fail "no $call: $(cat log)"; done
expect_output hello ipctl fifo recv -v fifo
for call in 'tee(' 'preadv2('; do grep -qF "$call" "$err" || fail "no $call: $(cat "$err")"; done
exec 3>&-
ipctl fifo rm -v fifo 2>log
grep -q 'unlinkat(' log
