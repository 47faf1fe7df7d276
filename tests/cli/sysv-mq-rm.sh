#!/bin/sh
# sysv-mq rm: several, by id and key; one that is missing does not keep the others; --force excuses only that; -J tells which.
. "$(dirname "$0")/lib.sh"

one=$(sysv-mq-make 0x1 600)
two=$(sysv-mq-make private 0)
three=$(sysv-mq-make 0x3 600)
sysv-mq-send "$one" 1 text
expect_output '' ipctl sysv-mq rm 0x1 "$two"
expect_output "$three" ipctl sysv-mq ls --noheadings -o id
one=$(sysv-mq-make 0x1 600)
expect_status 4 ipctl sysv-mq rm 0x1 99999 "$three"
expect_error '99999: no such queue'
[ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
expect_output '' ipctl sysv-mq ls --noheadings
expect_output '' ipctl sysv-mq rm --force 99999 0x1
one=$(sysv-mq-make 0x1 600)
expect_output '' ipctl sysv-mq rm --force 99999 0x1 0x3
one=$(sysv-mq-make 0x1 600)
expect_status 4 ipctl sysv-mq rm 0x1 0x1
two=$(sysv-mq-make private 600)
expect_status 4 ipctl sysv-mq rm -J "$two" 0x1
python3 -c 'import json, sys
answer = json.load(open(sys.argv[1]))
assert list(answer) == ["schema", "removed", "errors"] and answer["schema"] == 1, answer
assert answer["removed"] == [{"name": sys.argv[2]}], answer
(error,) = answer["errors"]
assert error["name"] == "0x1" and "no such queue" in error["error"], answer' "$out" "$two"
expect_output '{"schema":1,"removed":[],"errors":[]}' ipctl sysv-mq rm -J --force 0x1
expect_status 2 ipctl sysv-mq rm
