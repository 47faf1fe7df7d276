#!/bin/sh
# Several removed objects of one name, and a new one: stat shows the new one, stat --deleted all the others, each with its holders.
. "$(dirname "$0")/lib.sh"

for size in 10 20 30; do
    shm-make /same $size
    background shm-hold /same map >$size.pid
    wait_until test -s $size.pid
    background shm-hold /same open unlink >$size.open
    wait_until test -s $size.open
done
shm-make /same 40
shm-make /other 50
background shm-hold /other map unlink >other.pid
wait_until test -s other.pid
ipctl shm stat --deleted -J /same >got
python3 - <<'PY'
import json
objects = json.load(open("got"))["objects"]
got = {object["size"]: sorted(h["pid"] for h in object["holders"]) for object in objects}
wanted = {size: sorted(int(open(f"{size}.{kind}").read()) for kind in ("pid", "open")) for size in (10, 20, 30)}
assert got == wanted and len(objects) == 3, (got, wanted)
assert len({object["inode"] for object in objects}) == 3, objects
PY
expect_output '40 linked' ipctl shm stat -b --raw --noheadings -o size,state /same
expect_output '/other /same /same /same' sh -c 'ipctl shm ls --deleted --noheadings -o name | xargs'
expect_output '/same 40' ipctl shm ls -b --raw --noheadings -o name,size
ipctl shm rm /same
expect_output 3 sh -c 'ipctl shm stat -q --noheadings -o name /same | grep -c /same'
