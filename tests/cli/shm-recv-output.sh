#!/bin/sh
# shm read to a reader that left dies of SIGPIPE; to a full device, or to no standard output, it is status 1 with the reason.
. "$(dirname "$0")/lib.sh"

ipctl shm create /here 1M
for options in '' '--encode hex' '--encode hexdump --length 100' '-J' '-F %s' '--length-prefix'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 sh -c 'exec ipctl shm read "$@" >/dev/full' sh $options /here
    expect_error 'standard output'
    expect_error 'No space left'
    # shellcheck disable=SC2086  # words
    expect_status 1 sh -c 'exec ipctl shm read "$@" >&-' sh $options /here
    expect_error 'standard output'
    # shellcheck disable=SC2086  # words
    expect_status 141 python3 - $options <<'PY'
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
status = subprocess.run(["ipctl", "shm", "read", *sys.argv[1:], "/here"], stdout=writer, stderr=2).returncode
sys.exit(128 - status if status < 0 else status)
PY
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
done
head -c 1M /dev/zero >wanted
expect_output "$(head -c 100000 wanted | cksum)" sh -c 'ipctl shm read /here | head -c 100000 | cksum'
expect_status 1 sh -c 'ulimit -f 40; exec ipctl shm read /here >file'
expect_error 'File too large'
ipctl shm rm /here
