#!/bin/sh
# mq rm -J: one object with what was removed and what not, and why.
. "$(dirname "$0")/lib.sh"

mq-make /a 1 10
mq-make /b 1 10
expect_status 4 ipctl mq rm -J /a /none /b
expect_error '/none: no such queue'
python3 -c 'import json, sys
answer = json.load(open(sys.argv[1]))
assert list(answer) == ["schema", "removed", "errors"] and answer["schema"] == 1, answer
assert answer["removed"] == [{"name": "/a"}, {"name": "/b"}], answer
(error,) = answer["errors"]
assert error["name"] == "/none" and "no such queue" in error["error"], answer' "$out"
expect_output '{"schema":1,"removed":[],"errors":[]}' ipctl mq rm -J --force /none
expect_output '' ls /dev/mqueue
