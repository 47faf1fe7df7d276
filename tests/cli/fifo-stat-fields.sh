#!/bin/sh
# fifo stat: owner, mode, times and use of a FIFO that nobody has open, and of one that is open, with what waits in it
. "$(dirname "$0")/lib.sh"

mkfifo -m 640 fifo
touch -d 2001-02-03T04:05:06Z fifo
check() {
    ipctl fifo stat -q -J fifo | python3 -c 'import json, os, sys
(fifo,) = json.load(sys.stdin)["objects"]
status = os.stat("fifo")
assert (fifo["mechanism"], fifo["name"], fifo["state"], fifo["mode"]) == ("fifo", "fifo", "linked", "0640"), fifo
assert fifo["inode"] == status.st_ino and fifo["mtime_ns"] == status.st_mtime_ns, fifo
'"$1"
}
# Whether nobody has it is known where all processes can be looked at.
check '
assert fifo["mtime"] == "2001-02-03T04:05:06.000000000Z", fifo
known = fifo["descriptors"] is not None
assert fifo["capacity"] is None and fifo["bytes"] == (0 if known else None), fifo
assert fifo["readers"] == fifo["writers"] == ([] if known else None), fifo
assert fifo["usage"] in ("unused", "unknown") and fifo["blocked"] == fifo["holders"] == [], fifo'
expect_output 'fifo
linked' ipctl fifo stat -q --noheadings -o name,state fifo
background python3 -c 'import fcntl, os, sys, time
reader = os.open("fifo", os.O_RDONLY | os.O_NONBLOCK)
writer = os.open("fifo", os.O_WRONLY)
fcntl.fcntl(writer, 1031, 8192)
os.write(writer, b"12345")
again = os.open("fifo", os.O_WRONLY)
fcntl.fcntl(again, fcntl.F_SETFL, os.O_DIRECT)
print("ready", flush=True)
time.sleep(1000)' >ready
wait_until test -s ready
check '
one = [{"pid": '"$bg"', "command": "python3"}]
assert fifo["readers"] == fifo["writers"] == one, fifo
assert (fifo["bytes"], fifo["capacity"], fifo["packets"], fifo["usage"]) == (5, 8192, "yes", "used"), fifo
assert sorted(end["direction"] for end in fifo["holders"]) == ["r", "w", "w"], fifo'
# A symbolic link is followed, as open(2) does.
ln -s fifo link
expect_output 5 ipctl fifo stat -q -b --noheadings -o bytes link
kill "$bg"
