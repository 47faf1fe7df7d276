#!/bin/sh
# pipe stat: readers, writers, bytes and capacity of a foreign program's pipe by either end, and of one that ipctl inherits
. "$(dirname "$0")/lib.sh"

cat >hold.py <<'END'
import fcntl, os, sys
read, write = os.pipe()
fcntl.fcntl(write, 1031, 1 << 17)  # F_SETPIPE_SZ
os.write(write, b"x" * 1000)
child = os.fork()
if child == 0:
    os.close(write)
    sys.stdin.read()
    os._exit(0)
os.close(read)
extra = os.dup(write)
print(os.getpid(), write, child, read, flush=True)
sys.stdin.read()
END
mkfifo go
background python3 hold.py <>go >ends
wait_until test -s ends
read -r pid write child read <ends
other_end_closed() { [ "$(ipctl pipe stat -q --noheadings -o readers "$pid:$write")" = "$child python3" ]; }
wait_until other_end_closed
for address in "$pid:$write" "$child:$read"; do
    ipctl pipe stat -q -J "$address" | python3 -c 'import json, os, sys
name, pid, write, child, read = sys.argv[1], *map(int, sys.argv[2:])
(pipe,) = json.load(sys.stdin)["objects"]
assert pipe["mechanism"] == "pipe" and pipe["name"] == name, pipe
assert pipe["inode"] == os.stat(f"/proc/{pid}/fd/{write}").st_ino, pipe
assert pipe["readers"] == [{"pid": child, "command": "python3"}], pipe
assert pipe["writers"] == [{"pid": pid, "command": "python3"}], pipe
assert (pipe["bytes"], pipe["capacity"], pipe["packets"], pipe["usage"]) == (1000, 131072, "no", "used"), pipe
ends = {(one["pid"], one["fd"], one["direction"]) for one in pipe["holders"]}
assert {(pid, write, "w"), (child, read, "r")} < ends and len(ends) == 3, pipe
assert pipe["descriptors"] in (3, None) and pipe["blocked"] == [], pipe' "$address" "$pid" "$write" "$child" "$read"
done
expect_output 1000 ipctl pipe stat -q -b -o bytes --noheadings "$pid:$write"

# Inherited: ipctl itself is not counted. A pipe that is named twice is shown twice.
printf 123 | {
    waits() { [ "$(ipctl pipe stat -q --raw -b --noheadings -o name,bytes,writers fd:0)" = 'fd:0 3 -' ]; }
    wait_until waits
    expect_output 'fd:0
fd:0' ipctl pipe stat -q --noheadings -o name fd:0 fd:0
}

# An end that is open for both directions is a reader and a writer.
background python3 -c 'import os, sys
fd = os.open(f"/proc/{sys.argv[1]}/fd/{sys.argv[2]}", os.O_RDWR)
print(os.getpid(), flush=True)
sys.stdin.read()' "$pid" "$write" <>go >both
wait_until test -s both
ipctl pipe stat -q -J "$pid:$write" | python3 -c 'import json, sys
pid, child, both = map(int, sys.argv[1:])
(pipe,) = json.load(sys.stdin)["objects"]
assert {one["pid"] for one in pipe["readers"]} == {child, both}, pipe
assert {one["pid"] for one in pipe["writers"]} == {pid, both}, pipe' "$pid" "$child" "$(cat both)"
kill "$pid" "$child" "$bg"
