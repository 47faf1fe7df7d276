#!/bin/sh
# sysv-shm create prints the id alone; -J the segment as ls -J does, in the form of the schema; the memory is all zeros.
. "$(dirname "$0")/lib.sh"

expect_status 0 ipctl sysv-shm create --size 3000
id=$(cat "$out")
grep -qxE '[0-9]+' "$out" || fail "prints $(cat "$out")"
[ ! -s "$err" ] || fail "complains $(cat "$err")"
sysv-exists shm "$id" || fail "there is no $id"
expect_output 0x00000000 ipctl sysv-shm stat --noheadings -o key "$id"
sysv-shm-get "$id" 0 3000 | cmp - /dev/zero 2>eof || grep -q EOF eof || fail "not zeros"
expect_status 0 ipctl sysv-shm create -J 0xdeadbeef --size 1M -m 0640
cp "$out" created
expect_status 0 ipctl sysv-shm ls -J --filter key=0xdeadbeef
cmp created "$out" || fail "ls says $(cat "$out"), create $(cat created)"
python3 -c 'import json
(one,) = json.load(open("created"))["objects"]
assert one["name"] == str(one["id"]) and one["key"] == "0xdeadbeef" and one["size"] == 1 << 20 and one["mode"] == "0640", one
assert one["attached"] == 0 and one["state"] == "live" and one["holders"] == [] and one["usage"] == "unused", one
assert one["atime"] is None and one["dtime_ns"] is None and one["ctime"].endswith("Z") and one["lpid"] == 0 and one["cpid"] > 0, one'
python3 - "$top" created <<'PY' || [ $? = 77 ]
import json, sys
try: import jsonschema
except ImportError: sys.exit(77)
jsonschema.validate(json.load(open(sys.argv[2])), json.load(open(sys.argv[1] + "/src/cli/ipctl.schema.json")))
PY
expect_output '' ipctl sysv-shm rm 0xdeadbeef "$id"
