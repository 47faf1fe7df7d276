#!/bin/sh
# JSON loses no byte: every value alone and together, broken UTF-8 of each kind, random bytes, empty, and up to 1 MiB.
. "$(dirname "$0")/lib.sh"

cat >make.py <<'PY'
import os, random
bodies = [bytes(range(256)), b"", b"\0", b"\n", b"\xff\xfe\xfd", b"\xc0\xaf", b"\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82",
          "\U0010ffff\u2028\ufeff\ufffd".encode(), b'\\u0000"</script>', b"\xc2\x80\xc2\x9b"]
bodies += [bytes([value]) for value in range(256)]
bodies += [os.urandom(random.randrange(300)) for _ in range(200)]
size = int(open("size").read())
bodies += [os.urandom(size), b"\xc3\xbc" * (size // 2), b'"' * size, b"\x1b" * size]
PY
echo 1048576 2>/dev/null >/proc/sys/fs/mqueue/msgsize_max || :
# RLIMIT_MSGQUEUE is 819200 bytes for those who may not raise it, and other tests need some of them.
for size in 1048576 400000 8192; do
    if mq-make /q 1 $size 2>/dev/null; then break; fi
done
echo "$size" >size
python3 -c 'from make import *; import pickle; pickle.dump(bodies, open("bodies", "wb"))'
python3 -c 'import pickle, struct, sys
for b in pickle.load(open("bodies", "rb")): sys.stdout.buffer.write(struct.pack("<I", len(b)) + b)' >input
background ipctl mq send --length-prefix -f input /q
ipctl mq recv -J -c 472 /q >got
wait "$bg"
python3 - <<'PY'
import base64, json, pickle
bodies = pickle.load(open("bodies", "rb"))
lines = open("got", encoding="utf-8", newline="\n").read().split("\n")[:-1]
assert len(lines) == len(bodies), (len(lines), len(bodies))
for line, body in zip(lines, bodies):
    m = json.loads(line)
    data = {"utf-8": str.encode, "base64": base64.b64decode}[m["encoding"]](m["data"])
    assert data == body and m["length"] == len(body), (body[:20], line[:200])
    try: body.decode(); kind = "utf-8"
    except UnicodeDecodeError: kind = "base64"
    assert m["encoding"] == kind, line[:200]
PY
ipctl mq rm /q
