#!/bin/sh
# shm stat and ls: who has an object open and who maps it, with pid, command and direction, in text and JSON; and nobody else.
. "$(dirname "$0")/lib.sh"

shm-make /here 10000
shm-make /other 10
for way in open map both map-read private; do
    background shm-hold /here $way >$way
    wait_until test -s $way
done
background shm-hold /other map >other
wait_until test -s other
ipctl shm stat -J /here >stat.json
ipctl shm ls -J >ls.json
python3 - <<'PY'
import json
pid = {way: int(open(way).read()) for way in ("open", "map", "both", "map-read", "private", "other")}
wanted = [("open", True, "rw"), ("map", False, "rw"), ("both", True, "rw"), ("both", False, "rw"),
          ("map-read", False, "r"), ("private", False, "r")]
wanted = sorted((pid[way], "shm-hold", fd, direction) for way, fd, direction in wanted)
for file in "stat.json", "ls.json":
    for object in json.load(open(file))["objects"]:
        got = sorted((h["pid"], h["command"], h["fd"] is not None, h["direction"]) for h in object["holders"])
        assert got == (wanted if object["name"] == "/here" else [(pid["other"], "shm-hold", False, "rw")]), (file, got, wanted)
        assert all(h["fd"] is None or h["fd"] > 2 for h in object["holders"]), object
        assert object["usage"] == "used", object
PY
expect_output "$(cat other) shm-hold (mapped rw)
used" ipctl shm stat --noheadings -o holders,usage /other
expect_status 0 ipctl shm stat -o holders /here
for holder in "$(cat open) shm-hold (rw)" "$(cat map) shm-hold (mapped rw)" "$(cat both) shm-hold (rw)" \
    "$(cat both) shm-hold (mapped rw)" "$(cat map-read) shm-hold (mapped r)" "$(cat private) shm-hold (mapped r)"; do
    grep -qF "$holder" "$out" || fail "not there: $holder: $(cat "$out")"
done
expect_output /other ipctl shm ls -o name --noheadings --filter "holders=$(cat other)"
expect_output '/here
/other' ipctl shm ls -o name --noheadings --filter holders=shm-hold
ipctl shm rm /here /other
