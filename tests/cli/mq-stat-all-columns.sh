#!/bin/sh
# mq stat shows every column by default, one a line, a block for each queue; ls those that fit a line.
. "$(dirname "$0")/lib.sh"

mq-make /a 7 2048
mq-make /b 5 100
all='NAME OWNER GROUP MODE MESSAGES CAPACITY MSGSIZE BYTES NOTIFY SIGNAL REGISTRANT ATIME MTIME CTIME INODE HOLDERS USAGE'
expect_output "$all" sh -c "ipctl mq stat /a | awk '{ print \$1 }' | xargs"
expect_output "$all $all" sh -c "ipctl mq stat /a /b | awk '{ print \$1 }' | xargs"
expect_output '1' sh -c 'ipctl mq stat /a /b | grep -c "^$"'
expect_output "$all" sh -c 'ipctl mq stat --raw /b | head -1'
expect_output 'NAME OWNER MODE MESSAGES CAPACITY MSGSIZE BYTES' sh -c 'ipctl mq ls | head -1 | xargs'
expect_output '/a /b' sh -c 'ipctl mq ls --noheadings | cut -d" " -f1 | xargs'
expect_output '' sh -c 'ipctl mq ls --noheadings | grep NAME || :'
# In help, completion and JSON, the same names.
expect_output "$(echo "$all" | tr 'A-Z ' 'a-z\n' | sort)" sh -c 'ipctl mq stat -J /a | python3 -c "import json, sys
print(*sorted(k for k in json.load(sys.stdin)[\"objects\"][0] if k != \"mechanism\" and not k.endswith(\"_ns\")), sep=\"\n\")"'
ipctl mq rm /a /b
expect_status 0 ipctl mq ls
[ "$(wc -l <"$out")" -le 1 ] || fail "no queue, but: $(cat "$out")"
expect_output '{"schema":1,"objects":[]}' ipctl mq ls -J
expect_output '' ipctl mq ls --noheadings
