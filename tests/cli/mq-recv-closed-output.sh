#!/bin/sh
# mq recv with nobody reading its output, or with none: the message is back in the queue at its priority.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 5 precious
mq-send /q 1 behind
kept() {
    expect_output '5 8 precious
1 6 behind' mq-recv -n /q 2
    expect_status 3 mq-recv -n /q
    mq-send /q 5 precious
    mq-send /q 1 behind
}

# SIGPIPE, as for any program whose reader left.
for command in 'recv' 'recv -a' 'recv -c 2 -J' 'listen' 'recv --journal journal' 'recv --encode hex'; do
    # shellcheck disable=SC2086  # words
    expect_status 141 python3 - $command <<'PY'
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
status = subprocess.run(["ipctl", "mq", *sys.argv[1:], "/q"], stdout=writer, stderr=2).returncode
sys.exit(128 - status if status < 0 else status)
PY
    kept
done
for command in 'recv' 'recv -a' 'listen'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 sh -c 'exec "$@" >&-' sh ipctl mq $command /q
    expect_error 'standard output'
    expect_error 'back to /q'
    kept
done
mq-recv /q 2 >/dev/null
ipctl mq rm /q
