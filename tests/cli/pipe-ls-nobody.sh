#!/bin/sh
# pipe ls for a user who may not look at the other processes: its own pipes in full; of ends that others have nothing is claimed
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
background pipe-wait read >theirs
background as_nobody pipe-wait read >own
wait_until test -s theirs
wait_until test -s own
read -r their_pid their_end _ <theirs
read -r own_pid own_end _ <own
own_waits() { as_nobody ipctl pipe stat -q --noheadings -o blocked "$own_pid:$own_end" | grep -q "$own_pid pipe-wait (read"; }
wait_until own_waits
as_nobody ipctl pipe ls -J >ls.json 2>"$err"
expect_error 'could not be looked at'
python3 -c 'import json, sys
theirs, own = map(int, sys.argv[1:])
pipes = json.load(open("ls.json"))["objects"]
pids = {holder["pid"] for pipe in pipes for holder in pipe["holders"]}
assert theirs not in pids and own in pids, pids
for pipe in pipes:
    assert pipe["descriptors"] is None and pipe["readers"] != [] and pipe["writers"] != [], pipe
(pipe,) = (p for p in pipes if {h["pid"] for h in p["holders"]} == {own} and p["readers"] and p["writers"])
assert pipe["bytes"] == 0 and pipe["capacity"] == 65536 and pipe["usage"] == "used", pipe' "$their_pid" "$own_pid"
# A writer of theirs cannot be seen, and is not said to be missing.
expect_output 'fd:0 -' as_nobody ipctl pipe stat -q --raw --noheadings -o name,writers fd:0 <"/proc/$their_pid/fd/$their_end"
