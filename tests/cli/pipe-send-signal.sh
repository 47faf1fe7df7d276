#!/bin/sh
# a signal ends pipe send that waits for room: by that signal, with nothing half-written; input that was read is saved
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --capacity 4096)
ipctl pipe send "$pipe" "$(printf '%4000s' a)"
blocked() { ipctl pipe stat -q -o blocked --noheadings "$pipe" | grep -q "$bg"; }
stopped() {
    wait_until blocked
    kill "-$1" "$bg"
    status=0
    wait "$bg" || status=$?
    [ "$status" = "$2" ] || fail "status $status after SIG$1"
}
background ipctl pipe send "$pipe" "$(printf '%2000s' b)"
stopped TERM 143
background ipctl pipe send -w 100 "$pipe" "$(printf '%2000s' b)"
stopped USR1 138

# In the middle of a message: the first signal waits for its end, and no other begins.
ipctl pipe recv "$pipe" >got
background ipctl pipe send --lock "$pipe" "$(printf '%9000s' b)" never
wait_until blocked
kill -TERM "$bg"
expect_output 9000 ipctl pipe recv -F %l "$pipe"
status=0
wait "$bg" || status=$?
[ "$status" = 143 ] || fail "status $status"
expect_status 3 ipctl pipe recv -n "$pipe"

# Input.
ipctl pipe send "$pipe" "$(printf '%4000s' a)"
seq 1000 >in
background sh -c "cat in | exec ipctl pipe send $pipe" 2>errors
blocked() { ipctl pipe stat -q -o blocked --noheadings "$pipe" | grep -q ipctl; }
wait_until blocked
ipctl pipe stat -q -J -o blocked "$pipe" | python3 -c 'import json, sys
print(json.load(sys.stdin)["objects"][0]["blocked"][0]["pid"])' >pid
kill -TERM "$(cat pid)"
wait "$bg" || :
saved=$(find .home/state/ipctl -type f)
ipctl pipe recv "$pipe" >got
ipctl pipe recv -a "$pipe" | cat - "$saved" | cmp - in
