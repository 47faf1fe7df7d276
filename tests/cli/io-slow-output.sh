#!/bin/sh
# A reader that is slow, or a pipe set to non-blocking by somebody else: ipctl waits for room, and every byte arrives once.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

mq-make /q 10 8192
for blocking in True False; do
    for command in 'recv -c 40 -N' 'listen -c 40 -N' 'recv -c 40 -N --journal journal'; do
        background python3 -c 'import subprocess
for i in range(40): subprocess.run(["mq-send", "/q", "0"], input=bytes([65 + i]) * 8000, check=True)'
        # shellcheck disable=SC2086  # words
        python3 - $blocking $command <<'PY'
import os, subprocess, sys, time
reader, writer = os.pipe()
os.set_blocking(writer, sys.argv[1] == "True")
child = subprocess.Popen(["ipctl", "mq", *sys.argv[2:], "/q"], stdout=writer)
os.close(writer)
time.sleep(0.1)
got = b""
while part := os.read(reader, 3000): got += part
assert child.wait() == 0
assert len(got) == 40 * 8000, len(got)
for i in range(40): assert got[i * 8000:(i + 1) * 8000] == bytes([65 + i]) * 8000, i
PY
        wait "$bg"
    done
done
ipctl mq rm /q
