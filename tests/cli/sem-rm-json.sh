#!/bin/sh
# sem rm -J: tells which were removed and which not, and why.
. "$(dirname "$0")/lib.sh"

sem-make /a 1
sem-make /b 1
expect_status 4 ipctl sem rm -J /a /none /b
python3 - "$out" <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["schema"] == 1 and [r["name"] for r in answer["removed"]] == ["/a", "/b"], answer
(error,) = answer["errors"]
assert error["name"] == "/none" and "no such semaphore" in error["error"], answer
PY
expect_output '' ls /dev/shm
sem-make /a 1
expect_output '{"schema":1,"removed":[{"name":"/a"}],"errors":[]}' ipctl sem rm -J --force /a /none
