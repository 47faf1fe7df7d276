#!/bin/sh
# mq send --length-prefix: u32 little-endian lengths, as Python packs them; an end inside a message is an error.
. "$(dirname "$0")/lib.sh"

ipctl mq create --max-messages 4 --message-size 8K /q
python3 - >input <<'PY'
import struct, sys
for body in b"one", b"", bytes(range(256)), b"\n\0\n" * 1000:
    sys.stdout.buffer.write(struct.pack("<I", len(body)) + body)
PY
ipctl mq send --length-prefix /q <input
ipctl mq recv --length-prefix -a /q >output
cmp input output

printf '\001\000\000\000a\005\000\000\000bcd' >part
expect_status 1 ipctl mq send --length-prefix -f part /q
expect_error 'ends inside a message'
expect_output '0 1 a' mq-recv -n /q
printf '\001\000\000' >part
expect_status 1 ipctl mq send --length-prefix -f part /q
expect_error 'ends inside a message'
printf '\377\377\377\377x' >part
expect_status 1 ipctl mq send --length-prefix -f part /q
expect_error '4294967295'
expect_error 8192
expect_status 3 mq-recv -n /q
ipctl mq rm /q
