#!/bin/sh
# sysv-mq listen --journal killed with SIGKILL again and again while messages flow, with --replay each time: none is lost, none is changed.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
background sh -c "exec sysv-mq-flood $id m 100000000 7 >sent"
flood=$bg
cat >kills.py <<'PY'
import random, subprocess, sys, time
random.seed(7)
words = ["ipctl", "sysv-mq", "listen", "-q", "--journal", "journal", "--replay", "-F", "%p %s", sys.argv[1]]
def lines():
    with open("got") as file: return sum(1 for _ in file)
moving, before, start = 0, 0, time.monotonic()
while moving < 40:
    assert time.monotonic() < start + 90, f"only {moving} kills while messages flowed"
    with open("got", "a") as output: child = subprocess.Popen(words, stdout=output)
    while lines() == before and child.poll() is None: pass
    time.sleep(random.uniform(0, 0.004))
    child.kill()
    assert child.wait() == -9, child.returncode
    moving, before = moving + (lines() > before), lines()
PY
python3 kills.py "$id"
kill "$flood"
wait "$flood" || fail "flood: status $?"
expect_status 124 ipctl sysv-mq listen -q --journal journal --replay -w 1 -F '%p %s' "$id"
cat "$out" >>got
seq "$(cat sent)" | awk '{ print ($1 - 1) % 7 + 1 " m-" $1 }' | sort >wanted
sort -u got | cmp - wanted || fail "lost or changed: $(sort -u got | comm -3 - wanted | head -5)"
# Twice at most those that a kill found in hand.
[ $(($(wc -l <got) - $(wc -l <wanted))) -le 40 ] || fail "$(wc -l <got) for $(wc -l <wanted)"
expect_status 3 sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id"
