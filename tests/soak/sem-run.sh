#!/bin/sh
# sem-run [full]: eight shells run jobs under a semaphore of value 3 while jobs are killed at random: never more than three at once
. "$(dirname "$0")/../cli/lib.sh"

each=15
if [ "${1:-}" = full ]; then each=63; fi
mkdir jobs
sem-make /slots 3
loops=
for _ in 1 2 3 4 5 6 7 8; do
    background sh -c "for _ in \$(seq $each); do
        status=0
        ipctl sem run /slots -- job-count jobs 3 30 || status=\$?
        echo \$status >>statuses
    done"
    loops="$loops $bg"
done

# Kills a job now and then. A pidfd, taken before it is known to be a job of ours, cannot come to mean another process.
# shellcheck disable=SC2086  # words
background python3 - $loops 3<<'PY' <&3
import os, random, signal, sys, time
loops, kills = set(map(int, sys.argv[1:])), 0
def parent(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(next(line for line in status if line.startswith("PPid:")).split()[1])
while not os.path.exists("stop"):
    time.sleep(random.uniform(0.01, 0.08))
    jobs = [int(name) for name in os.listdir("jobs") if name.isdigit()]
    if not jobs: continue
    try:
        pid = random.choice(jobs)
        pidfd = os.pidfd_open(pid)
        if parent(parent(pid)) in loops:
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            kills += 1
        os.close(pidfd)
    except (OSError, StopIteration): pass
open("kills", "w").write(str(kills))
PY
killer=$bg
for loop in $loops; do wait "$loop" || fail "a shell ended with status $?"; done
touch stop
wait "$killer"
killed=$(grep -cx 137 statuses || :)
most=$(sort -n jobs/counts | tail -n 1)
echo "$(wc -l <statuses) jobs, $killed of them killed ($(cat kills) kills): at most $most at once"
[ "$(wc -l <statuses)" = $((each * 8)) ] || fail "not all ran"
! grep -vxE '0|137' statuses || fail "another status"
[ "$most" = 3 ] || fail "not three at once but $most"
[ "$killed" -ge 5 ] || fail "only $killed were killed"
expect_output 3 sem-op /slots value
expect_output '3 0' ipctl sem stat --raw --noheadings -o value,waiters /slots
ipctl sem rm /slots
