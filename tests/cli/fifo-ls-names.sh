#!/bin/sh
# fifo ls and stat: paths of any bytes, newlines and escape sequences among them, and the names of those that were removed
. "$(dirname "$0")/lib.sh"

cat >hold.py <<'END'
import os, sys, time
names = [b"with\nnewline", b"\xff\xfe", b"esc\x1b[31m", b"blank ", b"x (deleted)", b"gone"]
for name in names:
    os.mkfifo(name)
fds = [os.open(name, os.O_RDWR) for name in names]
os.link(b"x (deleted)", b"second name")
os.unlink("gone")
print(os.getpid(), flush=True)
time.sleep(1000)
END
background python3 hold.py >pid
wait_until test -s pid
ipctl fifo ls -q -J . -o name,state,holders --filter "holders=$(cat pid)" | python3 -c 'import base64, json, os, sys
found = {}
for fifo in json.load(sys.stdin)["objects"]:
    name = base64.b64decode(fifo["name_base64"]) if "name_base64" in fifo else fifo["name"].encode()
    found[name] = fifo["state"]
here = os.getcwdb() + b"/"
assert found.pop(here + b"second name", None) or found.pop(here + b"x (deleted)"), found
expected = {here + name: "linked" for name in (b"with\nnewline", b"\xff\xfe", b"esc\x1b[31m", b"blank ")}
assert found == {**expected, here + b"gone": "deleted"}, found'
expect_status 0 ipctl fifo ls -q --noheadings -o name --filter "holders=$(cat pid)"
grep -Fqx "$tmp/with\\x0anewline" "$out"
grep -Fqx "$tmp/\\xff\\xfe" "$out"
grep -Fqx "$tmp/esc\\x1b[31m" "$out"
expect_output 'with\nnewline' ipctl fifo stat -q --noheadings -o name 'with
newline'
expect_output 'linked' ipctl fifo stat -q --noheadings -o state 'x (deleted)'
