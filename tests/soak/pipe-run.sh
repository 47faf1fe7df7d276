#!/bin/sh
# pipe-run [full]: pipelines of which a part is killed, or ipctl is told to end, at any moment: all of it ends, the report is right,
# and no process, file or byte is left over or missing
. "$(dirname "$0")/../cli/lib.sh"

rounds=100
if [ "${1:-}" = full ]; then rounds=2000; fi
mkdir work
cat >soak.py <<'PY'
import collections, ctypes, json, os, random, signal, subprocess, sys, time
rounds, seed = int(sys.argv[1]), int.from_bytes(os.urandom(4), "little")
random.seed(seed)
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: who is left over becomes a child of this process
os.chdir("work")
counts = collections.Counter()

def children(pid):
    try: return [int(child) for child in open(f"/proc/{pid}/task/{pid}/children").read().split()]
    except FileNotFoundError: return []

def wait(process):
    try: return process.wait(60)
    except subprocess.TimeoutExpired: fail("it does not end")

def fail(text):
    print(f"FAIL: seed {seed}, round {number}: {words}: {text}", file=sys.stderr)
    process.kill()
    for pid in children(os.getpid()): os.kill(pid, signal.SIGKILL)
    sys.exit(1)

def orphans_end():
    deadline = time.monotonic() + 60
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0: time.sleep(0.005)
        except ChildProcessError: return
        if time.monotonic() > deadline: fail(f"left over: {children(os.getpid())}")

for number in range(rounds):
    options = random.choice([[], [], ["--tee", "copy"], ["--tee", "2:copy"], ["--fan-out"], ["--fan-out", "--tee", "copy"]])
    options += random.choice([[], ["--packet"], ["--capacity", "4096"]])
    action = random.choice(["part", "part", "part", "TERM", "KILL", "none"])
    endless = action in ("part", "TERM")
    first = ["yes", "0123456789abcde"] if endless else ["sh", "-c", "yes 0123456789abcde | head -c 1600000"]
    last = [["sh", "-c", "exec cat >one"], ["sh", "-c", "exec cat >two"]]
    middle = [["cat"], ["sh", "-c", "exec cat >two"]]
    parts = [first] + (last if "--fan-out" in options else middle)
    words = ["ipctl", "pipe", "run", "-J", "--status=status", *options, "--", *parts[0], ":::", *parts[1], ":::", *parts[2]]
    process = subprocess.Popen(words)
    if action != "none":
        while endless and len(children(process.pid)) < 3 and process.poll() is None: pass
        time.sleep(random.uniform(0, 0.01))
    victim = None
    if action == "part":
        victim = random.randrange(3)
        pids = children(process.pid)
        if len(pids) == 3: os.kill(pids[victim], signal.SIGKILL)
        else: fail(f"not three parts but {pids}")
        # The first goes on for as long as another one reads.
        if "--fan-out" in options and victim != 0: os.kill(pids[3 - victim], signal.SIGKILL)
    elif action in ("TERM", "KILL"): process.send_signal(getattr(signal, "SIG" + action))
    status = wait(process)
    if action == "KILL": orphans_end()
    elif children(os.getpid()): fail(f"left over: {children(os.getpid())}")
    left = set(os.listdir(".")) - {"one", "two", "copy", "status"}
    if left: fail(f"files are left over: {left}")
    if action != "KILL":
        ends = [(each["status"], each["signal"]) for each in json.load(open("status"))["commands"]]
        if victim is not None:
            killed = ends[victim]
            if killed != (137, "SIGKILL"): fail(f"part {victim + 1}: {ends}")
            if victim != 0 and ends[0] != (141, "SIGPIPE"): fail(f"the first part: {ends}")
        if action == "TERM" and ends[0][1] not in ("SIGTERM", "SIGPIPE"): fail(f"told to end: {ends}")
        if action == "none":
            if status != 0 or any(end != (0, None) for end in ends): fail(f"status {status}: {ends}")
            for name in {"two"} | {"one"} & set(os.listdir(".")) | {"copy"} & set(os.listdir(".")):
                data = open(name, "rb").read()
                if data != b"0123456789abcde\n" * 100000: fail(f"{name}: {len(data)} bytes, or others")
    elif status != -signal.SIGKILL and status != 0: fail(f"status {status}")
    counts[action] += 1
    for name in os.listdir("."): os.unlink(name)
print(f"{rounds} pipelines:", ", ".join(f"{value} {name}" for name, value in sorted(counts.items())))
PY
timeout -s KILL 550 python3 soak.py $rounds || fail "status $?"
