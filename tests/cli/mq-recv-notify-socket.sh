#!/bin/sh
# READY=1 goes to NOTIFY_SOCKET, a path or an abstract one, when nothing can be missed; one that is missing is no error.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
cat >listener.py <<'PY'
import os, socket, subprocess, sys
for address in sys.argv[1:]:
    server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    server.bind(address.replace("@", "\0", 1))
    server.settimeout(20)
    child = subprocess.Popen(["ipctl", "mq", "recv", "/q"], env={**os.environ, "NOTIFY_SOCKET": address}, stdout=subprocess.PIPE)
    said = server.recv(100)
    assert b"READY=1" in said.split(b"\n"), said
    assert any(os.readlink(f"/proc/{child.pid}/fd/{fd}") == "/q" for fd in os.listdir(f"/proc/{child.pid}/fd")), "not open"
    subprocess.run(["mq-send", "/q", "0", "text"], check=True)
    assert child.communicate()[0] == b"text\n" and child.returncode == 0
PY
python3 listener.py "$tmp/socket" "@ipctl-test-$$"
for address in /no/such/socket relative @ '' "/$(printf '%0200d' 0)"; do
    mq-send /q 0 text
    expect_output text env NOTIFY_SOCKET="$address" ipctl mq recv /q
done
ipctl mq rm /q
