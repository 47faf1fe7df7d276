#!/bin/sh
# sysv-mq ls and stat while queues come and go: what vanishes between looking and telling is left out, never an error, never half a line.
. "$(dirname "$0")/lib.sh"

stays=$(sysv-mq-make 0x2a 640 1000)
sysv-mq-send "$stays" 1 text
background perl -e 'while (1) { my @q = map { msgget(0, 0604) // die } 1 .. 9; msgsnd($_, pack("l! a*", 1, "x"), 0) for @q;
    msgctl($_, 0, 0) // die for @q }'
wait_until sh -c '[ "$(wc -l </proc/sysvipc/msg)" -gt 2 ]'
for number in $(seq 100); do
    columns=key,mode,messages,bytes,capacity,owner,creator
    [ $((number % 10)) != 0 ] || columns=$columns,blocked
    expect_status 0 ipctl sysv-mq ls -q -b --raw --noheadings -o "id,$columns"
    grep -q "^$stays 0x0000002a 0640 1 4 1000 " "$out" || fail "one that stays is not listed: $(cat "$out")"
    if grep -vE "^[0-9]+ 0x00000000 0604 ([01] [01]) 16384 |^$stays " "$out"; then fail "garbage: $(cat "$out")"; fi
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
    [ $((number % 10)) != 1 ] || expect_output 1 ipctl sysv-mq stat --noheadings -o messages 0x2a
done
expect_status 0 ipctl sysv-mq ls -q -J
python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$out"
kill "$bg"
wait "$bg" || :
ipctl sysv-mq ls --noheadings -o id | xargs ipctl sysv-mq rm
