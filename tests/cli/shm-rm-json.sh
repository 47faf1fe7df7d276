#!/bin/sh
# shm rm -J: one object with what was removed and what not, and why.
. "$(dirname "$0")/lib.sh"

shm-make /a 10
shm-make /b 10
expect_status 4 ipctl shm rm -J /a /none /b
expect_error '/none: no such object'
python3 -c 'import json, sys
answer = json.load(open(sys.argv[1]))
assert list(answer) == ["schema", "removed", "errors"] and answer["schema"] == 1, answer
assert answer["removed"] == [{"name": "/a"}, {"name": "/b"}], answer
(error,) = answer["errors"]
assert error["name"] == "/none" and "no such object" in error["error"], answer' "$out"
expect_output '{"schema":1,"removed":[],"errors":[]}' ipctl shm rm -J --force /none
expect_output '' ls /dev/shm
