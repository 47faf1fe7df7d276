#!/bin/sh
# sem run: a signal sent to ipctl reaches CMD; once CMD has ended the semaphore is given back, and the status is right.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
for signal in TERM:143 INT:130 HUP:129; do
    name=${signal%:*}
    background env --default-signal ipctl sem run /s -- sh -c 'echo $$ >pid; exec sleep 1000'
    wait_until test -s pid
    wait_until grep -q sleep "/proc/$(cat pid)/comm"
    expect_output 0 sem-op /s value
    kill "-$name" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "SIG$name: status $status"
    [ ! -e "/proc/$(cat pid)" ] || fail "SIG$name: CMD still runs"
    expect_output 1 sem-op /s value
    rm pid

    # CMD ends as it likes.
    cat >job <<S
trap 'sem-op /s value >seen; exit 7' $name
touch ready
while :; do sleep 0.02; done
S
    background env --default-signal ipctl sem run /s -- sh job
    wait_until test -e ready
    kill "-$name" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = 7 ] || fail "SIG$name: status $status, not CMD's"
    expect_output 0 cat seen
    expect_output 1 sem-op /s value
    rm ready seen
done
# The caller sees the signal, not a number.
python3 - <<'PY'
import signal, subprocess
child = subprocess.Popen(["ipctl", "sem", "run", "/s", "--", "sh", "-c", "echo; exec sleep 1000"], stdout=subprocess.PIPE)
child.stdout.read(1)
child.send_signal(signal.SIGTERM)
assert child.wait() == -signal.SIGTERM, child.returncode
PY
ipctl sem rm /s
