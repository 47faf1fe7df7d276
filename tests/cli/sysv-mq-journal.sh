#!/bin/sh
# sysv-mq --journal and --replay: what was in hand when ipctl was killed with SIGKILL is delivered by the next run, byte for byte, type too.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 8 + b"end")' >data
sysv-mq-send "$id" 7 <data
sysv-mq-send "$id" 9223372036854775807 two
sysv-mq-send "$id" 5 later
background sh -c 'exec ipctl sysv-mq listen -j 2 --journal journal 0x2a -- sh -c "touch run-\$IPCTL_SEQ; exec sleep 1000"'
wait_until test -e run-1 -a -e run-2
commands=$(pgrep -P "$bg")
kill -KILL "$bg"
wait "$bg" || :
# shellcheck disable=SC2086  # words
kill $commands
expect_output 1 ipctl sysv-mq stat --noheadings -o messages "$id"
expect_status 1 ipctl sysv-mq recv --journal journal 0x2a
expect_error '2 messages'
expect_error --replay
[ ! -s "$out" ] || fail "delivers $(cat "$out")"
ipctl sysv-mq recv -N -c 1 --journal journal --replay 0x2a >first
ipctl sysv-mq recv -c 1 --journal journal --replay -J "$id" >second
wanted='["sysv-mq", "'$id'", 7, 2051]'
if cmp -s first data; then wanted='["sysv-mq", "'$id'", 9223372036854775807, 3]'; else expect_output two cat first; fi
expect_output "$wanted" python3 -c 'import json
m = json.load(open("second")); print(json.dumps([m[key] for key in ("mechanism", "name", "type", "length")]))'
expect_output "$id 5 later" ipctl sysv-mq recv -c 1 --journal journal --replay -F '%n %p %s' 0x2a
expect_status 3 ipctl sysv-mq recv -n --journal journal --replay 0x2a
expect_status 2 ipctl sysv-mq recv --safe --journal journal 0x2a
ipctl sysv-mq rm "$id"
