#!/bin/sh
# sysv-sem and Perl (IPC::Semaphore): post, wait, op, set, stat and rm in both directions; both see the same.
. "$(dirname "$0")/lib.sh"

peer() { "$top/tests/helpers/sysv.pl" "$@"; }
id=$(ipctl sysv-sem create 0x2a -m 0640 --values 1,5,0)
status=0
peer stat sem 0x2a >seen || status=$?
[ $status != 77 ] || skip "Perl lacks IPC::Semaphore"
[ $status = 0 ] || fail "cannot look: status $status"
ipctl sysv-sem stat -q -J 0x2a >own
python3 - <<'PY'
import json
peer = dict(line.split() for line in open("seen"))
(own,) = json.load(open("own"))["objects"]
assert own["nsems"] == int(peer["nsems"]) == 3 and int(own["mode"], 8) == int(peer["mode"], 8) & 0o777 == 0o640
for name in "otime", "ctime":
    assert own[name + "_ns"] // 10**9 == int(peer[name]) > 0, (name, own, peer)
PY
expect_output '1 5 0' peer sem-values "$id"
peer sem-op 0x2a 0:-1 0:=0 1:+2 2:+3
expect_output '0 7 3' sh -c 'ipctl sysv-sem stat -q -J 0x2a | jq ".objects[0].semaphores[].value" | xargs'
ipctl sysv-sem op 0x2a 1:-7 1:=0 0:+9
ipctl sysv-sem wait -n -c 2 0x2a:2
expect_output '9 0 1' peer sem-values 0x2a
background perl "$top/tests/helpers/sysv.pl" sem-op "$id" 1:-2
wait_until sh -c "[ \$(sysv-sem-get $id | sed -n 2p | cut -d ' ' -f 2) = 1 ]"
ipctl sysv-sem post 0x2a:1 -c 2
wait "$bg" || fail "Perl: status $?"
background ipctl sysv-sem op "$id" 2:=0
wait_until sh -c "[ \$(sysv-sem-get $id | sed -n 3p | cut -d ' ' -f 3) = 1 ]"
peer sem-op 0x2a 2:-1
wait "$bg" || fail "ipctl: status $?"
ipctl sysv-sem set 0x2a --values 4,5,6
expect_output '4 5 6' peer sem-values 0x2a
perl -MIPC::Semaphore -e 'IPC::Semaphore->new(0x2a, 0, 0)->setall(7, 8, 9) or die'
ipctl sysv-sem op -n 0x2a 0:-7 1:-8 2:-9
peer remove sem "$id"
expect_status 4 ipctl sysv-sem stat 0x2a
id=$(sysv-sem-make 0x2b 1 600)
ipctl sysv-sem rm 0x2b
expect_status 1 peer stat sem 0x2b
