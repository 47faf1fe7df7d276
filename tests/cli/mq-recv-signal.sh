#!/bin/sh
# mq recv and listen die of the signal that stops them while they wait, so that the caller sees 128+N; nothing is taken.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
ipctl mq create --message-size 1K /r
mkfifo ready
for command in 'recv /q' 'listen /q' 'listen /q /r' 'listen --notify /q' 'recv -w 60 /q' 'recv --journal journal /q' \
    'listen -j 3 /q -- cat'; do
    for signal in INT:130 TERM:143 HUP:129; do
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl mq ${command%% *} --ready-fd 5 ${command#* } 5>ready >got 2>errors"
        read -r _ <ready
        kill "-${signal%:*}" "$bg"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "$command, SIG${signal%:*}: status $status"
        [ ! -s got ] || fail "$command: printed $(cat got)"
        [ ! -s errors ] || fail "$command: complains $(cat errors)"
        mq-send /q 0 kept
        expect_output '0 4 kept' mq-recv -n /q
    done
done
python3 - <<'PY'
import os, signal, subprocess
child = subprocess.Popen(["ipctl", "mq", "recv", "--ready-fd", "1", "/q"], stdout=subprocess.PIPE)
child.stdout.read(1)
child.send_signal(signal.SIGTERM)
assert child.wait() == -signal.SIGTERM, child.returncode
PY
ipctl mq rm /q /r
