#!/bin/sh
# sysv-shm read -J and write -J: one line each, as in every mechanism; text as utf-8, other bytes as base64; -F as well.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 100 600)
expect_output "{\"mechanism\":\"sysv-shm\",\"name\":\"$id\",\"offset\":0,\"written\":5}" ipctl sysv-shm send -J 0x2a 'a"ä\'
expect_output "{\"mechanism\":\"sysv-shm\",\"name\":\"$id\",\"offset\":64,\"written\":2}" ipctl sysv-shm write --json "$id" --offset 64 --decode hex fffe
expect_output "{\"mechanism\":\"sysv-shm\",\"name\":\"$id\",\"offset\":1,\"written\":0}" ipctl sysv-shm write -J "$id" --offset 1 ''
ipctl sysv-shm recv -J --length 5 0x2a >text
ipctl sysv-shm recv -J --offset 64 --length 2 0x2a >bytes
python3 - "$id" <<'PY'
import json, sys
text, data = (json.loads(open(name).read()) for name in ("text", "bytes"))
assert all(open(name).read().count("\n") == 1 for name in ("text", "bytes"))
for message in text, data:
    assert message["mechanism"] == "sysv-shm" and message["name"] == sys.argv[1] and message["seq"] == 1, message
    for key in "priority", "type", "sender_pid", "sender_uid": assert message[key] is None, message
assert (text["data"], text["encoding"], text["length"]) == ('a"ä\\', "utf-8", 5), text
assert (data["data"], data["encoding"], data["length"]) == ("//4=", "base64", 2), data
PY
expect_output "$id 5 - - - 1 6122c3a45c 'a\"ä\\'" ipctl sysv-shm recv --length 5 -F '%n %l %p %P %u %c %x %q' "$id"
for command in 'send -J 0x2b x' 'recv -J 0x2b' 'recv -J --offset 101 0x2a' 'send -J --offset 101 0x2a x'; do
    # shellcheck disable=SC2086  # words
    if ipctl sysv-shm $command >"$out" 2>"$err"; then fail "$command succeeds"; fi
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
ipctl sysv-shm rm 0x2a
