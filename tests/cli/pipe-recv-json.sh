#!/bin/sh
# pipe recv and listen -J: an object a line, any bytes, in any framing; the name is the address as it was given
. "$(dirname "$0")/lib.sh"

printf 'text\n\377\376\n\n' | ipctl pipe listen -J fd:0 >got
python3 - <<'END'
import base64, json
first, second, third = (json.loads(line) for line in open("got"))
assert list(first) == ["mechanism", "name", "seq", "time", "time_ns", "length", "priority", "type", "sender_pid",
                       "sender_uid", "data", "encoding"], first
assert (first["mechanism"], first["name"], first["seq"], first["length"]) == ("pipe", "fd:0", 1, 4), first
assert (first["data"], first["encoding"]) == ("text", "utf-8"), first
assert all(first[key] is None for key in ("priority", "type", "sender_pid", "sender_uid")), first
assert (base64.b64decode(second["data"]), second["encoding"]) == (b"\xff\xfe", "base64"), second
assert (third["seq"], third["length"], third["data"]) == (3, 0, ""), third
END
pipe=$(ipctl pipe create)
printf 'a\nb\0' | ipctl pipe send -0 "$pipe"
ipctl pipe recv -0 -N -J "$pipe" | python3 -c 'import json, sys
one = json.load(sys.stdin)
assert (one["name"], one["data"]) == (sys.argv[1], "a\nb"), one' "$pipe"
ipctl pipe recv -J --from 'printf "\033[1m\nsecond"' | python3 -c 'import json, sys
one = json.load(sys.stdin)
assert (one["name"], one["data"]) == ("printf \"\\033[1m\\nsecond\"", "\x1b[1m"), one'
