#!/bin/sh
# mq stat and ls: who has a queue open, with pid, command and direction, also through /dev/mqueue; and nobody else.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
ipctl mq create --message-size 1K /other
for direction in r w rw; do
    background mq-hold /q $direction >"$direction"
    wait_until test -s $direction
done
background mq-hold /other r >other
background sh -c 'exec sleep 1000 8</dev/mqueue/q'
sleeper=$bg
wait_until grep -q sleep "/proc/$sleeper/comm"
wait_until test -s other
ipctl mq stat -J /q >stat.json
ipctl mq ls -J >ls.json
python3 - "$(cat r)" "$(cat w)" "$(cat rw)" "$sleeper" "$(cat other)" <<'PY'
import json, sys
r, w, rw, sleeper, other = map(int, sys.argv[1:])
wanted = {(r, "mq-hold", "r"), (w, "mq-hold", "w"), (rw, "mq-hold", "rw"), (sleeper, "sleep", "r")}
for file in "stat.json", "ls.json":
    for queue in json.load(open(file))["objects"]:
        got = {(h["pid"], h["command"], h["direction"]) for h in queue["holders"]}
        assert got == (wanted if queue["name"] == "/q" else {(other, "mq-hold", "r")}), (file, queue)
        assert queue["usage"] == "used", queue
        assert all(isinstance(h["fd"], int) and h["fd"] > 2 for h in queue["holders"]), queue
PY
expect_status 0 ipctl mq stat -o holders /q
for direction in r w rw; do
    grep -q "$(cat $direction) mq-hold ($direction)" "$out" || fail "not there: $direction: $(cat "$out")"
done
expect_output /other ipctl mq ls -o name --noheadings --filter "holders=$(cat other)"
expect_output '/other
/q' ipctl mq ls -o name --noheadings --filter holders=mq-hold
expect_output /q ipctl mq ls -o name --noheadings --filter 'holders=sl*'
ipctl mq rm /q /other
