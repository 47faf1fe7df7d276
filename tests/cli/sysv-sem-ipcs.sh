#!/bin/sh
# sysv-sem ls and stat agree with ipcs and lsipc on all that they share, for random sets and one of ipcmk's.
. "$(dirname "$0")/lib.sh"

command -v ipcs >/dev/null || skip "needs ipcs: package util-linux-extra or util-linux"
ipcmk -S 3 -p 0644 >/dev/null
python3 - <<'PY'
import json, random, re, subprocess
def run(*words): return subprocess.run(words, check=True, capture_output=True, text=True).stdout
random.seed(4)
for number in range(20):
    values = [random.choice((0, 1, 7, 32767)) for _ in range(random.randint(1, 6))]
    key = hex(0x1000 + number * 0x1111111) if number % 3 else "private"
    run("ipctl", "sysv-sem", "create", key, "--values", ",".join(map(str, values)), "-m", f"{random.randint(0, 0o777):o}")
sets = json.loads(run("ipctl", "sysv-sem", "ls", "-q", "-J"))["objects"]
assert len(sets) == 21, len(sets)
table = [line.split() for line in run("ipcs", "-s").splitlines() if line.startswith("0x")]
assert [[s["key"], str(s["id"]), s["owner"], str(int(s["mode"])), str(s["nsems"])] for s in sets] == table, (sets, table)
lsipc = [(w := line.split())[:2] + [w[2].zfill(4)] + w[3:] for line in run("lsipc", "-s", "--noheadings", "--raw", "-P", "-o", "KEY,ID,PERMS,OWNER,NSEMS").splitlines()]
ours = [[s["key"], str(s["id"]), s["mode"], s["owner"], str(s["nsems"])] for s in sets]
assert sorted(ours) == sorted(lsipc), (ours, lsipc)
for one in sets:
    text = run("ipcs", "-s", "-i", str(one["id"]))
    assert re.search(rf"access_perms=0*{one['mode'].lstrip('0')}\b", text), (text, one)
    assert re.search(rf"nsems = {one['nsems']}\b", text), (text, one)
    rows = [[int(w) for w in line.split()] for line in text.splitlines() if re.match(r"\d", line)]
    # What nobody used yet has the pid 0 there.
    assert rows == [[s["number"], s["value"], s["waiting"], s["waiting_zero"], s["last_pid"] or 0] for s in one["semaphores"]], (rows, one)
PY
# shellcheck disable=SC2046  # words
ipcrm $(ipctl sysv-sem ls --noheadings -o id | sed "s|^ *|-s |")
expect_output '' ipctl sysv-sem ls --noheadings
