#!/bin/sh
# sem run at a terminal: Ctrl-C reaches CMD once, the semaphore is given back, and ipctl dies of it as CMD does.
. "$(dirname "$0")/lib.sh"

sem-make /s 1
cat >at-terminal.py <<'PY'
import os, pty, signal, sys, time
def run(job):
    try: pid, terminal = pty.fork()
    except OSError: sys.exit(77)
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvp("ipctl", ["ipctl", "sem", "run", "/s", "--", "sh", "-c", job])
    seen = b""
    while b"ready" not in seen: seen += os.read(terminal, 100)
    os.write(terminal, b"\x03")
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return status
status = run("echo ready; exec sleep 1000")
assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT, status
# Half a second is for a second signal, which must not come: no condition tells of that.
status = run("trap 'echo INT >>signals' INT; echo ready; until [ -s signals ]; do sleep 0.02; done; sleep 0.5; exit 6")
assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 6, status
PY
status=0
timeout -s KILL 60 python3 at-terminal.py || status=$?
[ $status != 77 ] || { ipctl sem rm /s && skip "there are no terminals here"; }
[ $status = 0 ] || fail "status $status"
expect_output INT cat signals
expect_output 1 sem-op /s value
ipctl sem rm /s
