#!/bin/sh
# sysv-mq recv and listen with nobody reading their output, or with none: the message is back in the queue at its type.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
fill() { sysv-mq-send "$id" 5 precious; sysv-mq-send "$id" 1 behind; }
kept() {
    expect_output '1 behind
5 precious' sh -c "sysv-mq-recv $id 0 2 nowait | sort"
    expect_status 3 sysv-mq-recv "$id" 0 nowait
}
# SIGPIPE, as for any program whose reader left.
for command in 'recv' 'recv -a' 'recv -c 2 -J' 'listen' 'recv --journal journal' 'recv --encode hex' 'recv --safe' 'recv --peek'; do
    fill
    # shellcheck disable=SC2086  # words
    expect_status 141 python3 - $command <<'PY'
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
status = subprocess.run(["ipctl", "sysv-mq", *sys.argv[1:], "0x2a"], stdout=writer, stderr=2).returncode
sys.exit(128 - status if status < 0 else status)
PY
    kept
done
for command in 'recv' 'recv -a' 'listen' 'recv -t 5' 'recv --safe'; do
    fill
    # shellcheck disable=SC2086  # words
    expect_status 1 sh -c 'exec "$@" >&-' sh ipctl sysv-mq $command 0x2a
    expect_error 'standard output'
    case $command in *safe*) expect_error "not taken from $id" ;; *) expect_error "back to $id" ;; esac
    kept
done
# A reader that leaves while ipctl waits ends it.
background python3 -c 'import os, signal, subprocess, sys
reader, writer = os.pipe()
child = subprocess.Popen(["ipctl", "sysv-mq", "recv", sys.argv[1]], stdout=writer)
os.close(writer); os.close(reader)
assert child.wait(60) == -signal.SIGPIPE, child.returncode' "$id"
wait "$bg" || fail "status $?"
ipctl sysv-mq rm "$id"
