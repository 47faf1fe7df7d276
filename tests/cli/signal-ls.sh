#!/bin/sh
# signal ls: every signal that kill(1) of util-linux or of the shell knows, with its number; default actions; columns, filters, JSON
. "$(dirname "$0")/lib.sh"

expect_status 0 ipctl signal ls --raw --noheadings -o number,name
[ "$(wc -l < "$out")" = 62 ] || fail_command "not 31 standard and 31 real-time signals"
sort -n "$out" > ours
bash -c 'kill -l' | tr '\t' '\n' | sed -n 's/^ *\([0-9]*\)) SIG\([A-Z0-9+-]*\) *$/\1 \2/p' | sort -n > theirs
diff ours theirs || fail "names that bash has otherwise: < ours"
expect_output 'STOP
TSTP
TTIN
TTOU' ipctl signal ls --filter action=stop -o name --noheadings
expect_output 'CHLD
URG
WINCH' ipctl signal ls --filter action=ignore -o name --noheadings
expect_output 'CONT continue' ipctl signal ls --raw --filter action=continue -o name,action --noheadings
expect_output 'QUIT ILL TRAP ABRT BUS FPE SEGV XCPU XFSZ SYS' \
    sh -c 'ipctl signal ls --filter action=core -o name --noheadings | xargs'
expect_output '{"schema":1,"objects":[{"mechanism":"signal","name":"TERM","number":15,"action":"end","description":"Terminated"}]}' \
    ipctl signal ls -J --filter number=15
