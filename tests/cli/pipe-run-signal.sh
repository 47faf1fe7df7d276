#!/bin/sh
# pipe run: a signal that a process sends to ipctl reaches every part, and ipctl ends as the last one does
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

tab=$(printf '\t')
part='echo $$ >$0.pid; exec sleep 1000'
ready() {
    for pid in one.pid two.pid three.pid; do
        wait_until test -s $pid
        wait_until grep -q sleep "/proc/$(cat $pid)/comm"
    done
}
for options in '' '--tee copy' '--fan-out'; do
    for signal in TERM:143 HUP:129 INT:130 USR1:138; do
        # shellcheck disable=SC2086  # words
        background env --default-signal orphans ipctl pipe run $options --status=status -- \
            sh -c "$part" one ::: sh -c "$part" two ::: sh -c "$part" three
        ready
        ipctl_pid=$(cat "/proc/$bg/task/$bg/children")
        kill "-${signal%:*}" "${ipctl_pid% }"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "SIG${signal%:*} $options: status $status"
        s=${signal#*:} n=${signal%:*}
        expect_output "1${tab}sh${tab}$s${tab}$n
2${tab}sh${tab}$s${tab}$n
3${tab}sh${tab}$s${tab}$n" cat status
        rm one.pid two.pid three.pid
    done
done
# Parts that do as they like: the status is that of the last.
part='trap "echo TERM >>$0.seen; exit $1" TERM; touch $0.pid; while :; do sleep 0.02; done'
background env --default-signal ipctl pipe run --pipefail -- sh -c "$part" one 4 ::: sh -c "$part" two 5 ::: sh -c "$part" three 0
for pid in one.pid two.pid three.pid; do wait_until test -e $pid; done
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 5 ] || fail "status $status"
expect_output 'TERM
TERM
TERM' cat one.seen two.seen three.seen
# The caller sees the signal, not a number.
python3 - <<'PY'
import signal, subprocess
child = subprocess.Popen(["ipctl", "pipe", "run", "--", "sleep", "1000", ":::", "sh", "-c", "echo; exec sleep 1000"], stdout=subprocess.PIPE)
child.stdout.read(1)
child.send_signal(signal.SIGTERM)
assert child.wait() == -signal.SIGTERM, child.returncode
PY
