#!/bin/sh
# mq ls --raw: one space between columns whatever a name holds; the name can be had back exactly from its \xNN.
. "$(dirname "$0")/lib.sh"

name=$(printf '/two words\\x41\n\t\377\033"end')
ipctl mq create "$name"
ipctl mq create --message-size 1K /plain
ipctl mq ls --raw --noheadings -o mode,name,messages >got
[ "$(wc -l <got)" = 2 ] || fail "not two lines: $(cat got)"
python3 - "$name" <<'PY'
import os, re, sys
names = set()
for line in open("got", "rb").read().split(b"\n")[:-1]:
    mode, name, messages = line.split(b" ")
    assert mode == b"0600" and messages == b"0", line
    names.add(re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), name))
assert names == {b"/plain", os.fsencode(sys.argv[1])}, names
PY
expect_output '0600 /plain -' ipctl mq ls --raw --noheadings -o mode,name,signal --filter name=/plain
expect_output '/plain -' ipctl mq ls --raw --noheadings -o name,holders --filter name=/plain
ipctl mq rm "$name" /plain
