#!/bin/sh
# sysv-mq recv -F and -J: %p is the type, %n the id, whatever name was given; JSON has the type as an integer and no priority.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
fill() { sysv-mq-send "$id" 7 "it's" ''; sysv-mq-send "$id" 9223372036854775807 tail; }
fill
expect_output "7|$id|4|1|it's|'it'\\''s'|-|-
7|$id|0|2||''|-|-
9223372036854775807|$id|4|3|tail|tail|-|-" ipctl sysv-mq recv -a -F '%p|%n|%l|%c|%s|%q|%P|%u' 0x2a
for options in '' --peek --safe; do
    fill
    # shellcheck disable=SC2086  # words
    ipctl sysv-mq recv -a -J $options key:42 >lines
    python3 - "$id" <<'PY'
import json, sys, time
lines = [json.loads(line) for line in open("lines")]
assert [(m["type"], m["data"], m["length"], m["seq"]) for m in lines] == \
    [(7, "it's", 4, 1), (7, "", 0, 2), (9223372036854775807, "tail", 4, 3)], lines
for m in lines:
    assert m["mechanism"] == "sysv-mq" and m["name"] == sys.argv[1] and m["priority"] is None and m["encoding"] == "utf-8", m
    assert m["sender_pid"] is None and m["sender_uid"] is None and abs(m["time_ns"] / 1e9 - time.time()) < 60, m
PY
    sysv-mq-recv "$id" 0 9 nowait >/dev/null || :
done
for pair in '-0:it\0' '-l:it\n' '-d ab:itab' '-N:it'; do
    sysv-mq-send "$id" 1 it
    # shellcheck disable=SC2086  # words
    ipctl sysv-mq recv ${pair%:*} "$id" >got
    # shellcheck disable=SC2059  # a format
    printf "${pair#*:}" | cmp - got
done
ipctl sysv-mq rm "$id"
