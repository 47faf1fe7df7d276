#!/bin/sh
# sysv-sem wait, listen, op and run: a SIGTERM just behind what they wait for: status 0 and taken, or 143 and not taken.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 1 600 0)
cat >attempt.py <<'END'
import ctypes, os, subprocess, sys, time
# On one processor, and of the least priority, ipctl learns of both together.
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
libc = ctypes.CDLL(None)
class Sembuf(ctypes.Structure):
    _fields_ = [("number", ctypes.c_ushort), ("change", ctypes.c_short), ("flags", ctypes.c_short)]
post = Sembuf(0, 1, 0)
set_id, rounds, wrong = int(sys.argv[1]), 24, 0
GETVAL, GETNCNT, SETVAL = 12, 14, 16
for _ in range(rounds):
    libc.semctl(set_id, 0, SETVAL, 0)
    with subprocess.Popen(["ipctl", "sysv-sem", *sys.argv[2:]], stdout=subprocess.DEVNULL) as process:
        while libc.semctl(set_id, 0, GETNCNT) == 0: time.sleep(0.001)
        os.sched_setscheduler(process.pid, os.SCHED_IDLE, os.sched_param(0))
        libc.semop(set_id, ctypes.byref(post), 1)
        process.terminate()
        status = process.wait(20)
    left = libc.semctl(set_id, 0, GETVAL)
    assert status in (0, -15), status
    undone = "run" in sys.argv or "0:-1u" in sys.argv
    wrong += left != 1 if undone or status else left != 0
# One that dies between its last call and its end cannot tell.
assert wrong < rounds / 4, f"{sys.argv[2:]}: {wrong} of {rounds} times status and value do not agree"
END
for command in "wait $id" "wait -w 60 $id" "listen -c 1 $id" "run $id -- true" "op $id 0:-1u -- true" "op -w 60 $id 0:-1" "op $id 0:-1" \
    "op $id 0:-1 -- true"; do
    # shellcheck disable=SC2086  # words
    python3 attempt.py "$id" $command || fail "see above"
done
sysv-rm sem "$id"
