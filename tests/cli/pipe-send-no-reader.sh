#!/bin/sh
# pipe send where nobody reads any more: an error that says so and names what was not sent, never a death by SIGPIPE
. "$(dirname "$0")/lib.sh"

# A pipe whose other end is closed, as descriptor 5.
without_reader() {
    python3 -c 'import os, sys
read, write = os.pipe()
os.dup2(write, 5)
os.close(write)
os.close(read)
os.execvp(sys.argv[1], sys.argv[1:])' "$@"
}
expect_status 1 without_reader ipctl pipe send fd:5 message
expect_error 'pipe send: fd:5: no reader has it open any more: the message was not sent'
expect_status 1 without_reader ipctl pipe send -J fd:5 message
expect_printed '{"mechanism":"pipe","name":"fd:5","sent":0}'
expect_status 1 without_reader sh -c 'echo x | ipctl pipe send --stream fd:5'
expect_error 'no reader has it open any more; 0 bytes were sent'
expect_status 1 without_reader sh -c 'printf "a\nb\n" | ipctl pipe send fd:5'
saved=$(find .home/state/ipctl -type f)
expect_output 'a
b' cat "$saved"

# The reader leaves while ipctl waits for room.
cat >leave.py <<'END'
import os, subprocess, sys, time
read, write = os.pipe()
os.set_blocking(write, False)
try:
    while True: os.write(write, b"x" * 4096)
except BlockingIOError: pass
os.set_blocking(write, True)
child = subprocess.Popen(["ipctl", "pipe", "send", "fd:%d" % write, "message"], pass_fds=[write])
os.close(write)
def waits():
    with open(f"/proc/{child.pid}/wchan") as file: return "poll" in file.read()
while not waits() and child.poll() is None: time.sleep(0.01)
os.close(read)
sys.exit(child.wait())
END
expect_status 1 python3 leave.py
expect_error 'no reader has it open any more: the message was not sent'
