#!/bin/sh
# pipe run: the flags of the descriptors that ipctl was given stay as they are, and closed ones do no harm
. "$(dirname "$0")/lib.sh"

cat >flags.py <<'PY'
import fcntl, os, subprocess, sys
def run(*options, stdin, stdout):
    return subprocess.run(["ipctl", "pipe", "run", *options], stdin=stdin, stdout=stdout, timeout=60).returncode
for nonblock in (0, os.O_NONBLOCK):
    for options in ([], ["--tee", "copy"], ["--fan-out"], ["--packet"]):
        r, w = os.pipe(); out_r, out_w = os.pipe()
        for fd in (r, w, out_r, out_w): fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | nonblock)
        before = [fcntl.fcntl(fd, fcntl.F_GETFL) for fd in (r, out_w)]
        os.write(w, b"x\n"); os.close(w)
        assert run(*options, "--", "cat", ":::", "cat", stdin=r, stdout=out_w) == 0
        after = [fcntl.fcntl(fd, fcntl.F_GETFL) for fd in (r, out_w)]
        assert before == after, (before, after)
        assert os.read(out_r, 10) == b"x\n"
        for fd in (r, out_r, out_w): os.close(fd)
PY
expect_status 0 python3 flags.py
# Closed ones.
expect_output 1 sh -c 'exec ipctl pipe run -- echo 1 ::: cat <&-'
expect_status 0 sh -c 'exec ipctl pipe run -- echo 1 ::: sh -c "cat >seen" >&-'
expect_output 1 cat seen
expect_status 1 sh -c 'exec ipctl pipe run -- echo 1 ::: cat >&-'
expect_status 0 sh -c 'exec ipctl pipe run --tee copy -- echo 2 ::: sh -c "cat >seen" <&- >&- 2>&-'
expect_output 2 cat seen
expect_output 2 cat copy
# Other descriptors are the parts' as well, as in a shell.
expect_output given sh -c 'exec ipctl pipe run -- sh -c "cat <&5" ::: cat 5<in' <<X
$(echo given >in)
X
