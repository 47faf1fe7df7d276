#!/bin/sh
# pipe run: each part has the descriptors 0, 1 and 2 and no others, and when all have ended no process and no file is left
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

cat >descriptors <<'S'
#!/usr/bin/python3
import os, sys
numbers = sorted(int(fd) for fd in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + fd))
kinds = [os.path.basename(os.readlink(f"/proc/self/fd/{n}").split(":")[0]) for n in numbers]
open(sys.argv[1], "w").write(" ".join(map(str, numbers)) + ": " + " ".join(kinds) + "\n")
sys.stdout.write(sys.stdin.read())
S
chmod +x descriptors
# Runs three parts, which tell their descriptors, and looks that nothing is left.
run() {
    ls -A | sort >../before.$$
    expect_status 0 orphans sh -c 'exec "$@" <in >/dev/null 2>errors' - ipctl pipe run "$@" -- \
        ./descriptors one ::: ./descriptors two ::: ./descriptors three
    for file in one two three; do sed "s|$tmp/||g; s| errors\$||" $file; done >got
    echo "$parts" | diff - got || fail "other descriptors with: $*"
    expect_output '' cat errors
    rm -f errors got one two three copy copy2
    ls -A | sort >../after.$$
    expect_output '' diff ../before.$$ ../after.$$
    rm ../before.$$ ../after.$$
}
mkdir work
mv descriptors work
cd work
echo text >in
parts="0 1 2: in pipe
0 1 2: pipe pipe
0 1 2: pipe null"
for options in '' '--packet' '--capacity 4096' '--tee copy' '--tee 1:copy --tee 2:copy2' '--status=copy' '--pipefail'; do
    # shellcheck disable=SC2086  # words
    run $options
done
parts="0 1 2: in pipe
0 1 2: pipe null
0 1 2: pipe null"
run --fan-out
# A part that fails, one that is killed, one that cannot be started.
printf '#!/no/such/interpreter\n' >script
chmod +x script
expect_status 3 orphans ipctl pipe run -- yes ::: sh -c 'kill -KILL $$' ::: sh -c 'cat; exit 3'
expect_status 126 orphans ipctl pipe run -- yes ::: cat ::: ./script ::: cat
expect_status 126 orphans ipctl pipe run --fan-out -- yes ::: cat ::: ./script ::: cat
expect_status 126 orphans ipctl pipe run --tee copy --bidirectional -- cat ::: ./script
expect_status 127 orphans ipctl pipe run -- yes ::: no-such-command
