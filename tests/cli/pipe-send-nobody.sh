#!/bin/sh
# pipes of other users: PID:FD is refused, with the reason; an inherited end is used as it is, never waiting in a call, its flags kept
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
for verb in send recv listen; do
    expect_status 1 as_nobody ipctl pipe $verb "$pipe"
    expect_error "$pipe: permission denied: the process is another user's, or what it has open may not be opened so"
done
# As nobody, a pipe that root made.
nobody_prepare ipctl
program=$nobody_program
as() { setpriv --reuid 65534 --regid 65534 --clear-groups -- "$@"; }
export HOME="$tmp/.nobody"
can_write() { echo x | as "$program" pipe send fd:1 | cat >wrote 2>&1; }
can_write 2>"$err" || :
[ -s wrote ] || skip "RWF_NOWAIT for pipes needs Linux 6.4: $(cat "$err")"
expect_output 'x' cat wrote
printf 'one\ntwo\nthree\n' | {
    expect_output one as pipe-flags "$program" pipe recv fd:0
    expect_output two as pipe-flags "$program" pipe recv -n fd:0
    expect_output three cat
}
{ as pipe-flags "$program" pipe send fd:1 a b && as pipe-flags "$program" pipe send --lock fd:1 "$(printf '%70000s' x)"; } |
    expect_output 70005 wc -c
# Full, and empty; waiting, until something comes. Root holds both ends of the pipe, nobody gets one.
cat >peer.py <<'END'
import os, subprocess, sys, time
read, write = os.pipe()
def run(verb, fd, *words):
    user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"]
    return subprocess.Popen(user + [sys.argv[1], "pipe", verb, f"fd:{fd}", *words], pass_fds=[fd],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
def waits(child):
    with open(f"/proc/{child.pid}/wchan") as file: return "poll" in file.read()
def status(child):
    child.communicate()
    return child.returncode
assert status(run("recv", read, "-n")) == 3
assert status(run("recv", read, "-w", "50ms")) == 124
child = run("recv", read)
while not waits(child) and child.poll() is None: time.sleep(0.01)
os.write(write, b"late\n")
assert child.communicate()[0] == "late\n"
os.write(write, b"x" * 65536)
assert status(run("send", write, "-n", "y")) == 3
assert status(run("send", write, "-w", "50ms", "y")) == 124
child = run("send", write, "y")
while not waits(child) and child.poll() is None: time.sleep(0.01)
assert os.read(read, 65536) == b"x" * 65536
assert status(child) == 0
assert os.read(read, 10) == b"y\n"
child = run("send", write, "--packet", "y")
assert "packets need that" in child.communicate()[1]
assert child.returncode == 1
assert os.get_blocking(read) and os.get_blocking(write)
END
python3 peer.py "$program"
# One that root had opened again is no end that pipe(2) made.
end=/proc/${pipe%:*}/fd/${pipe#*:}
expect_status 1 as "$program" pipe send fd:5 x 5>"$end"
expect_error "fd:5: it is another user's: writing needs an end that pipe(2) made, and Linux 6.4"
echo x >"$end"
expect_status 1 as "$program" pipe recv fd:5 5<"$end"
expect_error "fd:5: it is another user's: reading needs an end that pipe(2) made, and Linux 6.4"
