#!/bin/sh
# sysv-shm run at a terminal: Ctrl-C reaches CMD once, the segment is detached, and ipctl dies of it as CMD does.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
cat >at-terminal.py <<'PY'
import os, pty, signal, sys
def run(job):
    try: pid, terminal = pty.fork()
    except OSError: sys.exit(77)
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvp("ipctl", ["ipctl", "sysv-shm", "run", "0x2a", "--", "sh", "-c", job])
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
[ $status != 77 ] || { ipctl sysv-shm rm "$id" && skip "there are no terminals here"; }
[ $status = 0 ] || fail "status $status"
expect_output INT cat signals
expect_output 0 ipctl sysv-shm stat --noheadings -o attached "$id"
ipctl sysv-shm rm "$id"
