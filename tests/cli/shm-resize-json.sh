#!/bin/sh
# shm resize -J prints the object as stat -J does, without ipctl itself among those who use it.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
for size in 5000 4000 6000; do
    ipctl shm resize -J /here $size >resize.json
    expect_output "$(ipctl shm stat -J /here)" cat resize.json
    python3 -c 'import json, sys
(object,) = json.load(open("resize.json"))["objects"]
assert object["size"] == int(sys.argv[1]) and object["holders"] == [], object' $size
done
background shm-hold /here map >ready
wait_until test -s ready
expect_status 1 ipctl shm resize -J /here 10
[ ! -s "$out" ] || fail "prints $(cat "$out")"
ipctl shm rm /here
