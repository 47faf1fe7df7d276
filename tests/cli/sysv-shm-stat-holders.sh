#!/bin/sh
# sysv-shm stat and ls: one process that attaches a segment three times is one holder, ATTACHED is 3; and nobody else is a holder.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
id=$(sysv-shm-make 0x2a 10000 600)
other=$(sysv-shm-make 0x2b 10 600)
idle=$(sysv-shm-make private 10 600)
for way in "one $id 3" "two $id 1" "else $other 2"; do
    # shellcheck disable=SC2086  # words
    set -- $way
    background sysv-shm-hold "$2" "$3" >"$1"
    echo "$bg" >"pid-$1"
    wait_until grep -q ready "$1"
done
background perl -e 'use IPC::SysV qw(shmat SHM_RDONLY); shmat($ARGV[0], undef, SHM_RDONLY) or die; $| = 1; print "ready\n"; sleep 1000' "$id" >perl
echo "$bg" >pid-perl
wait_until grep -q ready perl
ipctl sysv-shm stat -J 0x2a "$other" "$idle" >stat.json
ipctl sysv-shm ls -J >ls.json
python3 - <<'PY'
import json
pid = {way: int(open("pid-" + way).read()) for way in ("one", "two", "else", "perl")}
wanted = [[(pid["one"], "sysv-shm-hold", "rw"), (pid["two"], "sysv-shm-hold", "rw"), (pid["perl"], "perl", "r")], 
          [(pid["else"], "sysv-shm-hold", "rw")], []]
for file in "stat.json", "ls.json":
    objects = json.load(open(file))["objects"]
    assert [o["attached"] for o in objects] == [5, 2, 0], objects
    assert [o["usage"] for o in objects] == ["used", "used", "unused"], objects
    for object, holders in zip(objects, wanted):
        got = sorted((h["pid"], h["command"], h["direction"]) for h in object["holders"])
        assert got == sorted(holders), (file, got, holders)
        assert all(h["fd"] is None for h in object["holders"]), object
PY
expect_output "$(cat pid-else) sysv-shm-hold (mapped rw)
2" ipctl sysv-shm stat --noheadings -o holders,attached "$other"
expect_output "$id" ipctl sysv-shm ls -o id --noheadings --filter "holders=$(cat pid-perl)"
expect_output "$(cat pid-else)" sh -c "lsipc -m -i $other -o LPID --noheadings --raw"
kill "$(cat pid-one)"
wait "$(cat pid-one)" || :
expect_output 2 ipctl sysv-shm stat --noheadings -o attached "$id"
ipctl sysv-shm rm -q "$id" "$other" "$idle"
