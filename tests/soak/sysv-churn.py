#!/usr/bin/env python3
# sysv-churn.py PID SECONDS: while the process PID runs, for SECONDS and until some of each kind were seen, lists System V
# objects of all kinds in every form: each list is to be without errors and notes of any, and each value in it one that such
# an object can have. Objects that stay are to be in each list.
import json
import os
import re
import subprocess
import sys
import time

KINDS = ("mq", "shm", "sem")
COMMON = {"id": (0, 2**31 - 1), "key": r"0x[0-9a-f]{8}", "owner": r"[a-z0-9_-]+", "group": r"[a-z0-9_-]+", "mode": r"0[0-7]{3}",
          "creator": r"[a-z0-9_-]+", "creator_group": r"[a-z0-9_-]+", "ctime_ns": "time"}
PID = (0, 2**22)
VALUES = {
    "mq": {"messages": (0, 100000), "bytes": (0, 2**24), "capacity": (1, 2**31), "lspid": PID, "lrpid": PID, "stime_ns": "time?",
           "rtime_ns": "time?", "usage": "used|unknown"},
    "shm": {"size": (1, 2**36), "attached": (0, 100000), "state": "live|removed|locked|removed,locked", "rss": (0, 2**36),
            "swap": (0, 2**36), "cpid": PID, "lpid": PID, "atime_ns": "time?", "dtime_ns": "time?", "usage": "used|unused"},
    "sem": {"nsems": (1, 32000), "otime_ns": "time?", "usage": "used|unknown"},
}
MAY_BE_UNKNOWN = {"rss", "semaphores"}  # of huge pages; removed meanwhile, or not readable
start = time.time()
seen = dict.fromkeys(KINDS, 0)
largest = dict.fromkeys(KINDS, 0)
lists = 0


def fail(text):
    sys.exit(f"after {lists} lists: {text}")


def listed(kind, *options):
    global lists
    command = ["ipctl", f"sysv-{kind}", "ls", "-q", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lists += 1
    if done.returncode != 0 or done.stderr:
        fail(f"{command}: status {done.returncode}: {done.stderr!r}")
    return done.stdout.decode()


def is_good(value, rule):
    if rule in ("time", "time?"):
        if value is None:
            return rule == "time?"
        return (start - 100) * 10**9 < value < (time.time() + 2) * 10**9
    if isinstance(rule, str):
        return isinstance(value, str) and re.fullmatch(rule, value) is not None
    return type(value) is int and rule[0] <= value <= rule[1]


def check_objects(kind, objects):
    ids = [one["id"] for one in objects]
    if len(set(ids)) != len(ids):
        fail(f"{kind}: an id twice: {ids}")
    if STAYS[kind] not in ids:
        fail(f"{kind}: {STAYS[kind]} stays, and is not listed: {ids}")
    for one in objects:
        for key, rule in {**COMMON, **VALUES[kind]}.items():
            value = one[key]
            if value is None and key in MAY_BE_UNKNOWN:
                continue
            if not is_good(value, rule):
                fail(f"{kind}: {key} is {value!r}: {one}")
        if one["name"] != str(one["id"]) or one["mechanism"] != f"sysv-{kind}":
            fail(f"{kind}: {one}")
        if kind == "shm" and one["id"] == STAYS[kind] and (one["size"], one["attached"]) != (5000, 0):
            fail(f"shm: {one}")
        if kind == "mq" and one["messages"] == 0 and one["bytes"] != 0:
            fail(f"mq: bytes without messages: {one}")
        if kind == "sem" and one["semaphores"] is not None:
            check_semaphores(one)
    seen[kind] += len(objects) - 1
    largest[kind] = max(largest[kind], len(objects) - 1)


def check_semaphores(one):
    if [part["number"] for part in one["semaphores"]] != list(range(one["nsems"])):
        fail(f"sem: numbers: {one}")
    for part in one["semaphores"]:
        for key, limits in {"value": (0, 32767), "waiting": (0, 100000), "waiting_zero": (0, 100000), "last_pid": PID}.items():
            value = part[key]
            if value is not None and not is_good(value, limits):
                fail(f"sem: {key} is {value!r}: {one}")


# Every line has all columns, and the first is an id.
def check_lines(kind, text, columns):
    for line in text.splitlines():
        words = line.split(" ")
        if len(words) != columns or not re.fullmatch(r"\d+", words[0]):
            fail(f"{kind}: line {line!r}")
    if not re.search(rf"^{STAYS[kind]} ", text, re.M):
        fail(f"{kind}: {STAYS[kind]} stays, and is not listed: {text}")


def made(*command):
    return int(subprocess.run(["ipctl", *command], stdout=subprocess.PIPE, check=True).stdout)


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


STAYS = {"mq": made("sysv-mq", "create"), "shm": made("sysv-shm", "create", "--size", "5000"),
         "sem": made("sysv-sem", "create", "private", "3")}
ALL = {kind: [key for key in json.loads(listed(kind, "-J"))["objects"][0] if key != "mechanism" and not key.endswith("_ns")]
       for kind in KINDS}
until = time.monotonic() + float(sys.argv[2])
while is_running(sys.argv[1]) and (time.monotonic() < until or 0 in seen.values()):
    for kind in KINDS:
        check_objects(kind, json.loads(listed(kind, "-J"))["objects"])
        columns = ["id"] + [key for key in ALL[kind] if key != "id"]
        check_lines(kind, listed(kind, "--raw", "--noheadings", "-b", "-o", ",".join(columns)), len(columns))
        if not re.match(" *ID +KEY ", listed(kind)):
            fail(f"{kind}: no headings")
for kind, number in STAYS.items():
    subprocess.run(["ipctl", f"sysv-{kind}", "rm", str(number)], check=True)
print(f"{lists} lists of System V objects that come and go; in them " + ", ".join(f"{seen[kind]} sysv-{kind}" for kind in KINDS) +
      "; at once at most " + ", ".join(str(largest[kind]) for kind in KINDS))
# One that saw nothing has shown nothing.
sys.exit(any(count == 0 for count in seen.values()))
