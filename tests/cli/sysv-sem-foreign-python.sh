#!/bin/sh
# sysv-sem and Python (sysv_ipc): post, wait, op, set, stat and rm in both directions; both see the same.
. "$(dirname "$0")/lib.sh"

peer() { "$top/tests/helpers/sysv.py" "$@"; }
id=$(ipctl sysv-sem create 0x2a -m 0640 --values 6)
status=0
peer stat sem 0x2a >seen || status=$?
[ $status != 77 ] || skip "Python lacks sysv_ipc"
[ $status = 0 ] || fail "cannot look: status $status"
ipctl sysv-sem stat -q -J 0x2a >own
python3 - <<'PY'
import json
peer = dict(line.split() for line in open("seen"))
(own,) = json.load(open("own"))["objects"]
(one,) = own["semaphores"]
assert int(own["mode"], 8) == int(peer["mode"], 8) & 0o777 == 0o640
assert own["otime_ns"] // 10**9 == int(peer["otime"]) > 0, (own, peer)
assert [one[k] for k in ("value", "last_pid", "waiting", "waiting_zero")] == [int(peer[k]) for k in ("value", "lpid", "ncnt", "zcnt")]
PY
peer sem-op 0x2a 0:-2 0:+1
expect_output 5 sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
ipctl sysv-sem wait -c 5 0x2a
expect_output 0 peer sem-values "$id"
background python3 "$top/tests/helpers/sysv.py" sem-op "$id" 0:-3
wait_until sh -c "[ \$(sysv-sem-get $id | cut -d ' ' -f 2) = 1 ]"
ipctl sysv-sem post 0x2a -c 4
wait "$bg" || fail "Python: status $?"
background ipctl sysv-sem op "$id" 0:=0
wait_until sh -c "[ \$(sysv-sem-get $id | cut -d ' ' -f 3) = 1 ]"
peer sem-op 0x2a 0:-1
wait "$bg" || fail "ipctl: status $?"
ipctl sysv-sem set 0x2a --value 12
expect_output 12 peer sem-values 0x2a
python3 -c 'import sysv_ipc; sysv_ipc.Semaphore(0x2a).value = 9'
ipctl sysv-sem wait -n -c 9 "$id"
peer remove sem "$id"
expect_status 4 ipctl sysv-sem stat 0x2a
python3 -c 'import sysv_ipc; sysv_ipc.Semaphore(0x2b, sysv_ipc.IPC_CREX, initial_value=4)'
ipctl sysv-sem op -n 0x2b 0:-4 0:=0
ipctl sysv-sem rm 0x2b
expect_status 1 peer stat sem 0x2b
