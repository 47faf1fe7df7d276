#!/bin/sh
# sysv-mq: SIGTERM at any moment from the start on ends recv, listen and send; it is never slept through, just before the call blocks either.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
full=$(sysv-mq-make private 600 1)
sysv-mq-send "$full" 1 x
python3 - "$id" "$full" <<'PY'
import random, signal, subprocess, sys, time
id, full = sys.argv[1:]
random.seed(1)
commands = [["recv", id], ["recv", "--safe", id], ["recv", "-w", "1h", id], ["listen", "-t", "-3", id], ["send", full, "y"],
            ["send", "-w", "1h", full, "y"], ["listen", "-j", "2", id, "--", "cat"]]
def start(words): return subprocess.Popen(["ipctl", "sysv-mq", *words], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
def took(words):
    before = time.monotonic()
    subprocess.run(["ipctl", "sysv-mq", *words])
    return time.monotonic() - before
usual = min(took(["recv", "-n", id]) for _ in range(5))
for number in range(420):
    words = commands[number % len(commands)]
    child = start(words)
    time.sleep(random.uniform(0.3, 1.5) * usual)
    child.send_signal(signal.SIGTERM)
    try:
        status = child.wait(20)
    except subprocess.TimeoutExpired:
        child.kill()
        sys.exit(f"slept through SIGTERM: {words}, the {number}th")
    assert status == -signal.SIGTERM, (words, status)
    child.stdout.close()
PY
expect_output '1 x' sysv-mq-recv "$full" 0 nowait
expect_status 3 sysv-mq-recv "$full" 0 nowait
expect_status 3 sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id" "$full"
