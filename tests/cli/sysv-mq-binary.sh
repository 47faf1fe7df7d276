#!/bin/sh
# sysv-mq: every byte, NUL too, and empty messages go through unchanged in both directions; an empty message is not "no message".
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 32)' >data
ipctl sysv-mq send -f data "$id"
sysv-mq-recv "$id" 0 raw >got
cmp data got
ipctl sysv-mq send 0x2a <data
ipctl sysv-mq recv -N 0x2a >got
cmp data got
sysv-mq-send "$id" 3 <data
ipctl sysv-mq recv -N -t 3 0x2a >got
cmp data got
printf '\0' | ipctl sysv-mq send "$id"
expect_output '00' ipctl sysv-mq recv --encode hex "$id"

ipctl sysv-mq send "$id" '' x ''
expect_output '3 1' ipctl sysv-mq stat --raw --noheadings -b -o messages,bytes "$id"
expect_output '0:
1:x
0:' ipctl sysv-mq recv -a -F '%l:%s' "$id"
ipctl sysv-mq send "$id" </dev/null
expect_output '1 ' sysv-mq-recv "$id" 0 nowait
sysv-mq-send "$id" 2 ''
expect_status 0 ipctl sysv-mq recv -n -N "$id"
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 3 ipctl sysv-mq recv -n "$id"
ipctl sysv-mq send --decode hex -l "$id" <<'T'
00ff0a
c3a4
T
expect_output 'AP8K base64
ä utf-8' sh -c 'ipctl sysv-mq recv -a -J 0x2a | python3 -c "import json, sys
for m in map(json.loads, sys.stdin): print(m[\"data\"], m[\"encoding\"])"'
ipctl sysv-mq rm 0x2a
