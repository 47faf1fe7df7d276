#!/bin/sh
# pipe run at a terminal: Ctrl-C ends all of it, and ipctl dies of it as the last part does; nothing is left
. "$(dirname "$0")/lib.sh"

cat >at-terminal.py <<'PY'
import ctypes, os, pty, signal, sys, termios
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
def run(key, *words):
    try: pid, terminal = pty.fork()
    except OSError: sys.exit(77)
    if pid == 0:
        for each in (signal.SIGINT, signal.SIGQUIT): signal.signal(each, signal.SIG_DFL)
        os.execvp("ipctl", ["ipctl", "pipe", "run", *words])
    seen = b""
    while seen.count(b"ready") < 4: seen += os.read(terminal, 100)
    os.write(terminal, key)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    try: left = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError: return status
    raise AssertionError(f"left over: {left}")
def four(part, last=None):
    parts = [part, part, part, last or part]
    return ["--"] + [word for each in parts for word in ["sh", "-c", each, ":::"]][:-1]
sleeper = "echo ready >&2; exec sleep 1000"
for options in ([], ["--tee", "copy"], ["--fan-out"], ["--status=status"]):
    for key, number in ((b"\x03", signal.SIGINT), (b"\x1c", signal.SIGQUIT)):
        status = run(key, *options, *four(sleeper))
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == number, (options, status)
# A last part that ends as it likes has its own status, and gets the signal once.
once = "trap 'echo INT >>signals' INT; echo ready >&2; while read -r x; do :; done; exit 6"
status = run(b"\x03", *four(sleeper, once))
assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 6, status
PY
status=0
timeout -s KILL 100 python3 at-terminal.py || status=$?
[ $status != 77 ] || skip "there are no terminals here"
[ $status = 0 ] || fail "status $status"
expect_output 4 grep -c QUIT status
expect_output INT cat signals
