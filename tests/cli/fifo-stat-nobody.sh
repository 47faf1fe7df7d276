#!/bin/sh
# fifo stat for a user who may not look at the other processes: no readers are claimed to be missing, and bytes are unknown
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
mkfifo -m 666 fifo
exec 3<>fifo
echo text >&3
as_nobody ipctl fifo stat -J fifo >theirs.json 3<&- 2>"$err"
expect_error 'could not be looked at'
python3 -c 'import json
(fifo,) = json.load(open("theirs.json"))["objects"]
assert all(fifo[key] is None for key in ("readers", "writers", "bytes", "capacity", "packets", "descriptors")), fifo
assert fifo["usage"] == "unknown" and fifo["holders"] == [] and fifo["mode"] == "0666", fifo'
background as_nobody sh -c 'exec cat <fifo' >got
shows_own() { [ "$(as_nobody ipctl fifo stat -q -b --noheadings -o readers,bytes fifo 3<&-)" = "$bg cat
0" ]; }
wait_until shows_own
# What cat does not take is there for others to see.
kill "$bg"
exec 3<&-
