#!/bin/sh
# sysv-sem stat: all that is known of a set, in lines, in chosen columns and in JSON; several sets, by id, key and file.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 2 640 1 5)
sysv-sem-op "$id" 1:-2
last=$(sysv-sem-get "$id" | sed -n 2p | cut -d ' ' -f 4)
expect_status 0 ipctl sysv-sem stat -q 0x2a
expect_output "NAME $id
ID $id
KEY 0x0000002a
MODE 0640
NSEMS 2
BLOCKED -
USAGE unknown" sh -c "ipctl sysv-sem stat -q $id | grep -E '^(NAME|ID|KEY|MODE|NSEMS|BLOCKED|USAGE)' | sed 's/  */ /'"
expect_output "number=0 value=1 waiting=0 waiting_zero=0 last_pid=$(sysv-sem-get "$id" | head -n 1 | cut -d ' ' -f 4)
number=1 value=3 waiting=0 waiting_zero=0 last_pid=$last" ipctl sysv-sem stat 0x2a -o semaphores --noheadings
[ ! -s "$err" ] || fail "looks at processes that nobody asked for: $(cat "$err")"
ipctl sysv-sem stat -q -J "$id" >own
python3 - "$id" "$last" <<'PY'
import json, sys, time
(s,) = json.load(open("own"))["objects"]
row = dict(zip("key semid perms nsems uid gid cuid cgid otime ctime".split(), map(int, open("/proc/sysvipc/sem").read().splitlines()[1].split())))
assert s["id"] == row["semid"] == int(s["name"]) and s["mechanism"] == "sysv-sem" and s["nsems"] == 2
assert s["otime_ns"] == row["otime"] * 10**9 and s["ctime_ns"] == row["ctime"] * 10**9 and abs(time.time() - row["otime"]) < 60
assert s["otime"].startswith(time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(row["otime"]))), s
assert [(x["number"], x["value"]) for x in s["semaphores"]] == [(0, 1), (1, 3)] and s["semaphores"][1]["last_pid"] == int(sys.argv[2]), s
assert s["blocked"] == [] and s["usage"] == "unknown" and all(k in s for k in ("owner", "group", "creator", "creator_group")), s
PY
other=$(ipctl sysv-sem create)
expect_output "$other
$id" ipctl sysv-sem stat --noheadings -o id "$other" key:42
expect_status 4 ipctl sysv-sem stat --noheadings -o id 0x99 "$id"
[ "$(cat "$out")" = "$id" ] || fail "the rest is not shown: $(cat "$out")"
expect_error '0x99: no such set'
expect_status 2 ipctl sysv-sem stat -o nosuch "$id"
expect_status 2 ipctl sysv-sem stat "$id" "$id:0"
ipctl sysv-sem rm "$id" "$other"
