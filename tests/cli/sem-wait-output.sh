#!/bin/sh
# sem wait prints nothing unless asked: -F, -J or what follows each; a post has no data.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 100
expect_output '' ipctl sem wait /s
[ ! -s "$out" ] || fail "prints an empty line"
expect_status 0 ipctl sem wait -c 3 /s
[ ! -s "$out" ] || fail "prints $(od -c "$out")"
expect_output '/s 1 0 []' ipctl sem wait -F '%n %c %l [%s]' /s
expect_output '/s 1:/s 2:' ipctl sem wait -c 2 -d : -F '%n %c' /s
ipctl sem wait -c 3 -0 /s | od -An -tx1 >got
expect_output ' 00 00 00' cat got
ipctl sem wait -c 2 --length-prefix /s | od -An -tx1 >got
expect_output ' 00 00 00 00 00 00 00 00' cat got
ipctl sem wait -c 2 -J /s >got.json
python3 - <<'PY'
import json, time
one, two = map(json.loads, open("got.json"))
wanted = {"mechanism": "sem", "name": "/s", "length": 0, "data": "", "encoding": "utf-8", "priority": None, "type": None,
          "sender_pid": None}
for number, post in enumerate((one, two), 1):
    for key, value in dict(wanted, seq=number).items():
        assert post[key] == value and type(post[key]) is type(value), (key, post)
    assert 0 <= time.time_ns() - post["time_ns"] < 60e9, post
PY
expect_output 86 sem-op /s value
ipctl sem rm /s
