#!/bin/sh
# sem stat for a user who may not look at the other processes: its own are shown, and that nobody else holds it is not claimed.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
sem-make /s 1 0666
background sem-hold /s open >theirs
wait_until test -s theirs
expect_output '- unknown' as_nobody ipctl sem stat --raw --noheadings -o holders,usage /s
background as_nobody sem-hold /s open >own
wait_until test -s own
expect_status 0 as_nobody ipctl sem stat --noheadings -o holders,usage /s
grep -q "^$(cat own) sem-hold (" "$out" || fail "not the own one: $(cat "$out")"
! grep -q "$(cat theirs) " "$out" || fail "tells what it cannot know: $(cat "$out")"
grep -q used "$out" || fail "not used: $(cat "$out")"
as_nobody ipctl sem ls -J >ls.json
python3 -c 'import json
(s,) = json.load(open("ls.json"))["objects"]
assert [h["pid"] for h in s["holders"]] == [int(open("own").read())] and s["usage"] == "used", s'
# root sees both.
expect_output 2 sh -c 'ipctl sem stat --noheadings -o holders /s | grep -o sem-hold | wc -l'
ipctl sem rm /s
