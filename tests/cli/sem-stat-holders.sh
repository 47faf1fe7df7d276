#!/bin/sh
# sem stat and ls: who has a semaphore open: the creator, which maps another name, and openers, by pid and command; nobody else.
. "$(dirname "$0")/lib.sh"

background sem-hold /s create 1 >creator
wait_until test -s creator
background sem-hold /s open >opener
sem-make /other 0
background sem-hold /other open >other
background python3 -c 'import _multiprocessing as m, os, time
s = m.SemLock._rebuild(0, 1, 9, "/s"); open("python", "w").write(str(os.getpid())); time.sleep(1000)'
for file in opener other python; do wait_until test -s $file; done
ipctl sem stat -J /s >stat.json
ipctl sem ls -J >ls.json
python3 - "$(cat creator)" "$(cat opener)" "$(cat python)" "$(cat other)" <<'PY'
import json, sys
creator, opener, python, other = map(int, sys.argv[1:])
wanted = {(creator, "sem-hold"), (opener, "sem-hold"), (python, "python3")}
for file in "stat.json", "ls.json":
    for semaphore in json.load(open(file))["objects"]:
        holders = semaphore["holders"]
        assert len(holders) == (3 if semaphore["name"] == "/s" else 1), (file, semaphore)
        got = {(h["pid"], h["command"].replace("python3.11", "python3")) for h in holders}
        assert got == (wanted if semaphore["name"] == "/s" else {(other, "sem-hold")}), (file, semaphore)
        assert semaphore["usage"] == "used", semaphore
        # glibc has closed the descriptor: it is mapped only.
        assert all(h["fd"] is None for h in holders), semaphore
PY
expect_status 0 ipctl sem stat -o holders /s
for file in creator opener; do
    grep -q "$(cat $file) sem-hold (.*mapped" "$out" || fail "not there: $file: $(cat "$out")"
done
expect_output /other ipctl sem ls -o name --noheadings --filter "holders=$(cat other)"
expect_output '/other
/s' ipctl sem ls -o name --noheadings --filter 'holders=sem-*'
ipctl sem rm /s /other
