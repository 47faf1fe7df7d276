#!/bin/sh
# sysv-sem ls and stat for a user who may not read a set: it is there, values unknown, the rest known, status 0.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a set of another user"
closed=$(sysv-sem-make 0x2a 2 600 3 4)
open=$(sysv-sem-make 0x2b 2 644 5 6)
columns=id,key,owner,group,mode,nsems,creator
expect_output "$closed 0x0000002a root root 0600 2 root
$open 0x0000002b root root 0644 2 root" as_nobody ipctl sysv-sem ls --raw --noheadings -o $columns
expect_output "$closed 0x0000002a root root 0600 2 root" as_nobody ipctl sysv-sem stat --raw --noheadings -o $columns "$closed"
expect_output "$closed" as_nobody ipctl sysv-sem stat --raw --noheadings -o id 0x2a
expect_status 0 as_nobody ipctl sysv-sem stat -q -J "$closed" "$open"
python3 - "$out" <<'PY'
import json, sys
closed, open_ = json.load(open(sys.argv[1]))["objects"]
assert closed["nsems"] == 2 and closed["mode"] == "0600" and closed["ctime_ns"] > 0 and closed["otime"] is None, closed
values = closed["semaphores"]
assert values is None or (len(values) == 2 and all(v[k] is None for v in values for k in ("value", "waiting", "waiting_zero"))), values
assert [v["value"] for v in open_["semaphores"]] == [5, 6], open_
PY
sysv-sem-op "$closed" 0:-1
expect_output true sh -c "ipctl sysv-sem stat -q -J $closed | jq '.objects[0].otime_ns > 0'"
expect_status 0 as_nobody ipctl sysv-sem stat -q -J "$closed"
cp "$out" got
expect_output true jq '.objects[0].otime_ns > 0' got
expect_status 0 as_nobody ipctl sysv-sem ls -q -o +semaphores
expect_status 0 as_nobody ipctl sysv-sem stat -q "$closed"
ipctl sysv-sem rm "$closed" "$open"
