#!/bin/sh
# descriptors that ipctl inherits keep their flags, O_NONBLOCK above all: a later cat works on them; those of PID:FD as well
. "$(dirname "$0")/lib.sh"

mkfifo go
# Blocking descriptors, all verbs, waiting and not.
{
    echo x
    read -r _ <go
    echo y
    echo z
} | {
    expect_output x pipe-flags ipctl pipe recv fd:0
    expect_status 3 pipe-flags ipctl pipe recv -n fd:0
    echo >go
    expect_output y pipe-flags ipctl pipe recv -w 20 fd:0
    expect_output z cat
}
{
    pipe-flags ipctl pipe send fd:1 x
    pipe-flags ipctl pipe send -w 1 fd:1 y
    pipe-flags ipctl pipe send --lock fd:1 "$(printf '%9000s' x)"
    echo z | pipe-flags ipctl pipe send --stream fd:1
    cat "$0"
} | cat >got
expect_output 'x
y' head -n 2 got
tail -n +5 got | cmp - "$0"
printf 'a\nb\n' | expect_output 'a
b' pipe-flags ipctl pipe listen fd:0
printf 'a\nb\n' | expect_output 'a
b' pipe-flags ipctl pipe recv --stream fd:0
printf 'a\nb\n' | expect_output ab pipe-flags ipctl pipe listen fd:0 -- cat
seq 3 | pipe-flags ipctl pipe recv --from cat >got

# Non-blocking ones stay so, and ipctl waits all the same.
cat >nonblock.py <<'END'
import os, subprocess, time
read, write = os.pipe2(os.O_NONBLOCK)
def flags(): return [os.get_blocking(fd) for fd in (read, write)]
child = subprocess.Popen(["ipctl", "pipe", "recv", f"fd:{read}"], pass_fds=[read], stdout=subprocess.PIPE)
def waits():
    with open(f"/proc/{child.pid}/wchan") as file: return "poll" in file.read()
while not waits(): time.sleep(0.01)
os.write(write, b"late\n")
assert child.communicate()[0] == b"late\n"
assert child.returncode == 0
subprocess.run(["ipctl", "pipe", "send", f"{os.getpid()}:{write}", "x"], check=True)
assert os.read(read, 9) == b"x\n"
assert flags() == [False, False]
END
python3 nonblock.py
