#!/bin/sh
# sysv-sem wait, op, run and listen: a SIGTERM at any moment after the start is never slept through, and nothing is taken.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 1 600 0)
cat >attempt.py <<'END'
import random, subprocess, sys, time
verbs = ("wait ID", "wait -w 60 ID", "op ID 0:-1", "op -w 60 ID 0:-1u -- true", "run ID -- true", "listen ID", "listen -w 60 ID -- true")
started = time.monotonic()
subprocess.run(["ipctl", "--version"], check=True, stdout=subprocess.DEVNULL)
longest = (time.monotonic() - started) * 2
for number in range(210):
    words = verbs[number % len(verbs)].replace("ID", sys.argv[1]).split()
    # Before main, between its calls, in the call.
    with subprocess.Popen(["ipctl", "sysv-sem", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        delay = random.random() * longest
        time.sleep(delay)
        process.terminate()
        try:
            said, _ = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            sys.exit(f"{words}: slept through a SIGTERM {delay} s after the start")
    assert process.returncode == -15 and said == b"", (words, delay, process.returncode, said)
END
python3 attempt.py "$id" || fail "see above"
expect_output '0 0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1-3"
sysv-rm sem "$id"
