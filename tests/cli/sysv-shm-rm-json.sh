#!/bin/sh
# sysv-shm rm -J: one object with what was removed and what not, and why, named as they were given.
. "$(dirname "$0")/lib.sh"

a=$(sysv-shm-make 0x2a 10 600)
b=$(sysv-shm-make private 10 600)
expect_status 4 ipctl sysv-shm rm -J 0x2a 0x2b "$b"
expect_error '0x2b: no such segment'
python3 -c 'import json, sys
answer = json.load(open(sys.argv[1]))
assert list(answer) == ["schema", "removed", "errors"] and answer["schema"] == 1, answer
assert answer["removed"] == [{"name": "0x2a"}, {"name": sys.argv[2]}], answer
(error,) = answer["errors"]
assert error["name"] == "0x2b" and "no such segment" in error["error"], answer' "$out" "$b"
! sysv-exists shm "$a" && ! sysv-exists shm "$b" || fail "still there"
expect_output '{"schema":1,"removed":[],"errors":[]}' ipctl sysv-shm rm -J --force 0x2a
if [ "$root" = yes ]; then
    a=$(sysv-shm-make 0x2a 10 666)
    expect_status 1 as_nobody ipctl sysv-shm rm -J 0x2a
    python3 -c 'import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["removed"] == [] and "permission denied" in answer["errors"][0]["error"], answer' "$out"
    ipctl sysv-shm rm "$a"
fi
expect_output '' ipctl sysv-shm ls --noheadings
