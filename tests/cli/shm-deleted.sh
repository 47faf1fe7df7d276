#!/bin/sh
# shm ls --deleted and stat: what was removed and lives on in those that map it or have it open, and all about it.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl shm ls --deleted --noheadings
for way in open map both map-read private; do
    ipctl shm create /$way 100K -m 0640
    background shm-hold /$way $way unlink >pid
    wait_until test -s pid
    expect_output '' ls -A /dev/shm
    expect_output '' ipctl shm ls --noheadings
    ipctl shm ls --deleted -J >ls.json
    expect_status 0 ipctl shm stat -J /$way
    expect_error 'no object has this name'
    cmp "$out" ls.json
    expect_status 0 ipctl shm stat --deleted -q -J /$way
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
    cmp "$out" ls.json
    # Without root, nothing more is told of what is mapped and not open, proc(5) on map_files.
    told=yes
    if [ $way != open ] && [ $way != both ]; then told=$root; fi
    python3 - $way $told <<'PY'
import json, os, sys
way, pid = sys.argv[1], int(open("pid").read())
(object,) = json.load(open("ls.json"))["objects"]
wanted = {"name": "/" + way, "kind": "shm", "state": "deleted", "size": 102400, "used": 102400, "mode": "0640", "usage": "used"}
for key, value in wanted.items():
    if sys.argv[2] != "yes" and key in ("size", "used", "mode"): value = None
    assert object[key] == value, (key, object)
direction = "r" if way in ("map-read", "private") else "rw"
assert all(h["pid"] == pid and h["command"] == "shm-hold" and h["direction"] == direction for h in object["holders"]), object
fds = sorted(h["fd"] is not None for h in object["holders"])
assert fds == {"open": [True], "both": [False, True]}.get(way, [False]), object
PY
    expect_output "/$way
deleted" ipctl shm stat -q --noheadings -o name,state /$way
    kill "$bg"
    wait "$bg" || :
    : >pid
    expect_output '' ipctl shm ls --deleted --noheadings
    expect_status 4 ipctl shm stat /$way
    expect_error "/$way: no such object"
done
