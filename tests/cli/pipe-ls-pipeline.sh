#!/bin/sh
# pipe ls: in a pipeline that hangs, who waits for whom, and what is in each pipe
. "$(dirname "$0")/lib.sh"

# gen | filter | sort: the filter reads nothing, so that the first is blocked writing, and the last reading.
cat >hang.py <<'END'
import os, subprocess, sys, time
first_read, first_write = os.pipe()
second_read, second_write = os.pipe()
def part(name, keep, run):
    pid = os.fork()
    if pid:
        return pid
    with open("/proc/self/comm", "w") as comm:
        comm.write(name)
    for fd in {first_read, first_write, second_read, second_write} - set(keep):
        os.close(fd)
    run()
def write_forever():
    while True:
        os.write(first_write, b"x" * 4096)
pids = [part("gen", [first_write], write_forever),
        part("filter", [first_read, second_write], lambda: time.sleep(1000)),
        part("sort", [second_read], lambda: os.read(second_read, 1))]
for fd in (first_read, first_write, second_read, second_write):
    os.close(fd)
print(*pids, flush=True)
sys.stdin.read()
for pid in pids:
    os.kill(pid, 9)
    os.waitpid(pid, 0)
END
mkfifo hold
background python3 hang.py <>hold >pids 2>errors
wait_until test -s pids
read -r gen filter sort <pids
row() { ipctl pipe ls -q -J --filter "$1" -o name,readers,writers,bytes,capacity,blocked >row.json; }
settled() { row "writers=$gen" && grep -q '"write"' row.json && row "readers=$sort" && grep -q '"read"' row.json; }
wait_until settled
cat >check.py <<'END'
import json, sys
gen, filter, sort = map(int, sys.argv[1:])
def load(name):
    # The parts inherit other pipes too.
    (pipe,) = (pipe for pipe in json.load(open(name))["objects"] if len(pipe["readers"] or []) == len(pipe["writers"] or []) == 1)
    return pipe
def process(pid, command):
    return {"pid": pid, "command": command}
first, second = load("first.json"), load("second.json")
assert first["writers"] == [process(gen, "gen")] and first["readers"] == [process(filter, "filter")], first
assert first["bytes"] == first["capacity"] == 65536, first
assert first["blocked"] == [{**process(gen, "gen"), "tid": gen, "call": "write", "wants": f"room from {filter} filter"}], first
assert second["writers"] == [process(filter, "filter")] and second["readers"] == [process(sort, "sort")], second
assert second["bytes"] == 0, second
assert second["blocked"] == [{**process(sort, "sort"), "tid": sort, "call": "read", "wants": f"bytes from {filter} filter"}], second
END
row "writers=$gen"
cp row.json first.json
row "readers=$sort"
cp row.json second.json
python3 check.py "$gen" "$filter" "$sort"
expect_status 0 ipctl pipe ls -q --filter "readers=$sort"
grep -q "$sort sort (read: bytes from $filter filter)" "$out"
kill "$bg"
kill "$gen" "$filter" "$sort"
