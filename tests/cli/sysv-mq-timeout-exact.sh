#!/bin/sh
# sysv-mq -w is exact to milliseconds without busy waiting: few switches and no processor time, output to a file or a pipe; then a busy queue.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
full=$(sysv-mq-make private 600 3)
sysv-mq-send "$full" 1 abc
python3 - "$id" "$full" <<'PY'
import resource, subprocess, sys, time
queue, full = sys.argv[1:]
def run(words, wait, output):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    status = subprocess.run(["ipctl", "sysv-mq", *words, "-w", wait], stdout=output).returncode
    took, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert status == 124, status
    return took, after.ru_nvcsw - before.ru_nvcsw, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
for words in ["recv", queue], ["recv", "-t", "-5", queue], ["listen", "--journal", "j", queue], ["send", full, "x"]:
    for output, most in (open("file", "w"), 12), (subprocess.PIPE, 40):
        # The start of the program is the same in both. A busy machine is late, and waits for its disk: the best of some counts.
        seen = []
        for _ in range(6):
            short, long = run(words, "0.01", output), run(words, "1.51", output)
            assert long[0] >= 1.51, (words, long)
            seen.append((round(long[0] - short[0] - 1.5, 4), long[1] - short[1], round(long[2] - short[2], 3)))
            late, switches, cpu = map(min, zip(*((abs(late), *rest) for late, *rest in seen)))
            if late < 0.1 and switches <= most and cpu < 0.15: break
        else: sys.exit(f"{words}, {output}: seconds late, switches, processor time: {seen}")
PY
# A queue that never empties does not keep it beyond its time.
background sysv-mq-flood "$id" m 100000000 3
expect_status 124 timeout -s KILL 60 ipctl sysv-mq recv -c 100000000 -w 300ms "$id"
[ "$(head -1 "$out")" = m-1 ] || fail "begins with $(head -1 "$out")"
[ "$(tail -1 "$out")" = "m-$(wc -l <"$out")" ] || fail "lost some before $(tail -1 "$out")"
ipctl sysv-mq rm "$id" "$full"
