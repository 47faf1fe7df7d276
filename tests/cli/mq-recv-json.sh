#!/bin/sh
# mq recv -J: one object a line with every key, whatever the data; text as utf-8, other bytes as base64.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
printf 'line\n"\\\033\177ü' | mq-send /q 5
printf 'not \377 text' | mq-send /q 4
printf '\355\240\200' | mq-send /q 3
printf 'nul\0' | mq-send /q 2
printf '' | mq-send /q 1
ipctl mq recv -a -J /q >got
python3 - <<'PY'
import base64, json
lines = open("got", "rb").read().split(b"\n")
assert lines.pop() == b"" and len(lines) == 5, lines
wanted = [(b'line\n"\\\x1b\x7f\xc3\xbc', "utf-8"), (b"not \xff text", "base64"), (b"\xed\xa0\x80", "base64"),
          (b"nul\0", "utf-8"), (b"", "utf-8")]
keys = "mechanism name seq time time_ns length priority type sender_pid sender_uid data encoding".split()
for i, (line, (data, encoding)) in enumerate(zip(lines, wanted)):
    assert not any(c < 32 or c == 127 for c in line), line
    m = json.loads(line)
    assert list(m) == keys, m
    assert (m["mechanism"], m["name"], m["seq"], m["length"], m["priority"]) == ("mq", "/q", i + 1, len(data), 5 - i), m
    assert m["type"] is None and m["sender_pid"] is None and m["sender_uid"] is None, m
    got = base64.b64decode(m["data"]) if encoding == "base64" else m["data"].encode()
    assert m["encoding"] == encoding and got == data, m
PY
ipctl mq rm /q
