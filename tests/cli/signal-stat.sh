#!/bin/sh
# signal stat: each thread of a process: what waits for it and for all, what is blocked, ignored and caught; the queue; columns and JSON
. "$(dirname "$0")/lib.sh"

background ipctl signal run --block RTMIN,USR2 --ignore HUP --default INT,QUIT -- signal-catch -t 10 > got
wait_until test -s got
read -r _ pid thread < got
signal-send queue "$pid" 34 1 2 > "$out"
signal-send thread "$pid" "$thread" 12 > "$out"
expect_output "$pid,-,RTMIN,USR2/RTMIN,HUP
$thread,USR2,RTMIN,USR2/RTMIN,HUP" sh -c "
    ipctl signal stat $pid --raw --noheadings -o tid,pending,shared,blocked,ignored | sed 's/,\\\\x20/\\//; s/ /,/g'"
ipctl signal stat "$pid" -o caught --noheadings --filter "tid=$pid" | grep -q '^USR1\(, 33\)\{0,1\}$' || fail "caught"
expect_output "$thread" ipctl signal stat "$pid" -o tid --noheadings --filter pending=USR2
expect_output 'signal-catch' ipctl signal stat "$pid" -o command --noheadings --filter tid="$pid"
queued=$(ipctl signal stat "$pid" -o queued --noheadings --filter tid="$pid")
[ "$queued" -ge 3 ] || fail "queued: $queued"
[ "$(ipctl signal stat "$pid" -o limit --noheadings --filter tid="$pid")" = "$(bash -c 'ulimit -i')" ] || fail "limit"
expect_status 0 ipctl signal stat -J "$pid"
grep -q "\"name\":\"$pid\",\"tid\":$thread,\"command\":\"signal-catch\",\"owner\":\"[a-z]*\",\"state\":\"sleeping\",\"inode\":[0-9a-z]*,\
\"pending\":\[\"USR2\"\],\"shared\":\[\"RTMIN\"\],\"blocked\":\[\"USR2\",\"RTMIN\"\],\"ignored\":\[\"HUP\"\],\"caught\":\[\"USR1\"" "$out" ||
    fail_command "JSON"
kill -STOP "$pid"
wait_until sh -c "ipctl signal stat $pid -o state --noheadings --filter tid=$pid | grep -qx stopped"
last=$(cat /proc/sys/kernel/pid_max)
expect_status 4 ipctl signal stat "$last" "$pid" -o tid --noheadings
[ "$(cat "$out")" = "$pid
$thread" ] || fail_command "the others"
expect_error "$last: no such process"
expect_status 2 ipctl signal stat "$pid" -o none
expect_status 2 ipctl signal stat x
