#!/bin/sh
# sysv-shm against Python's sysv_ipc, both ways: what one writes the other reads, and both tell the same of it.
. "$(dirname "$0")/lib.sh"

peer() { python3 "$top/tests/helpers/sysv.py" "$@"; }
id=$(ipctl sysv-shm create 0xfedcba98 --size 5000 -m 0640)
peer shm-write 0xfedcba98 4090 from-the-peer || { [ $? = 77 ] && skip "Python's sysv_ipc is missing"; fail "it cannot write"; }
expect_output from-the-peer ipctl sysv-shm read --offset 4090 --length 13 0xfedcba98
expect_output '' ipctl sysv-shm write --offset 4095 "$id" IPCTL
expect_output from-IPCTLeer peer shm-read 0xfedcba98 4090 13
expect_output from-IPCTLeer peer shm-read "$id" 4090 13
peer shm-write "$id" 4999 z
expect_output z ipctl sysv-shm read --offset 4999 "$id"
ipctl sysv-shm stat -J -q 0xfedcba98 >own
peer stat shm 0xfedcba98 >theirs
python3 -c 'import json
theirs = dict(line.split() for line in open("theirs"))
(own,) = json.load(open("own"))["objects"]
assert theirs["mode"] == "640" and own["mode"] == "0640", (own, theirs)
assert int(theirs.get("segsz", theirs.get("size", -1))) == own["size"] == 5000, (own, theirs)
assert int(theirs["cpid"]) == own["cpid"], (own, theirs)'
# Removed by the one, it is missing for the other.
peer remove shm 0xfedcba98
expect_status 4 ipctl sysv-shm read 0xfedcba98
expect_status 4 ipctl sysv-shm stat "$id"
id=$(ipctl sysv-shm create 0xfedcba98 --size 10)
ipctl sysv-shm rm 0xfedcba98
if peer shm-read 0xfedcba98 0 1 2>/dev/null; then fail "still there for it"; fi
