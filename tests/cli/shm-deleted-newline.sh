#!/bin/sh
# shm ls --deleted gives the exact name that an object had, also where /proc/PID/maps escapes it, or it looks escaped.
. "$(dirname "$0")/lib.sh"

newline=$(printf '/a\nb')
for name in "$newline" '/a\012b' '/two words' '/x (deleted)' '/ü'; do
    for way in open map; do
        ipctl shm create "$name" 10
        background shm-hold "$name" $way unlink >ready
        wait_until test -s ready
        ipctl shm ls --deleted -J >got
        python3 - "$name" <<'PY'
import json, sys
(object,) = json.load(open("got"))["objects"]
assert object["name"] == sys.argv[1], object
PY
        expect_output deleted ipctl shm stat --noheadings -o state "$name"
        kill "$bg"
        wait "$bg" || :
        : >ready
    done
done
