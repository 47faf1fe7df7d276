#!/bin/sh
# sysv-sem ls and stat while sets are made and removed all the time: never an error, never garbage.
. "$(dirname "$0")/lib.sh"

background perl -MIPC::SysV=IPC_PRIVATE,IPC_CREAT,IPC_RMID -e 'while (1) {
    my @sets = map { semget(IPC_PRIVATE, 1 + $_ % 5, 0600 | IPC_CREAT) } 1 .. 20; semctl($_, 0, IPC_RMID, 0) for @sets }'
churn=$bg
background perl -MIPC::SysV=IPC_PRIVATE,IPC_CREAT,IPC_RMID -e 'while (1) {
    my $set = semget(0x2a, 3, 0600 | IPC_CREAT); semctl($set, 0, IPC_RMID, 0) if defined $set }'
steady=$(ipctl sysv-sem create 0x5eed 2 --values 3,4)
for round in $(seq 40); do
    expect_status 0 ipctl sysv-sem ls -q -J
    python3 - "$steady" "$out" <<'PY'
import json, sys
sets = json.load(open(sys.argv[2]))["objects"]
mine = [s for s in sets if s["id"] == int(sys.argv[1])]
assert len(mine) == 1 and [x["value"] for x in mine[0]["semaphores"]] == [3, 4], mine
for s in sets:
    assert s["mode"] == "0600" and 1 <= s["nsems"] <= 6 and s["owner"], s
    assert s["semaphores"] is None or len(s["semaphores"]) == s["nsems"], s
PY
    expect_status 0 ipctl sysv-sem ls
    status=0
    ipctl sysv-sem stat -q 0x2a >"$out" 2>"$err" || status=$?
    case $status in 0 | 4) ;; *) fail_command "stat: status $status in round $round" ;; esac
done
kill -STOP "$churn" "$bg"
kill -KILL "$churn" "$bg"
wait "$churn" "$bg" 2>/dev/null || :
ipctl sysv-sem ls --noheadings -o id | xargs ipctl sysv-sem rm
