#!/bin/sh
# sysv-mq stat and ls: who is blocked in a queue, in C and in ipctl, receiving which types or sending how much, told in words and in JSON.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 600 10)
other=$(sysv-mq-make 0x2b 600 10)
blocked() { ipctl sysv-mq stat -q --noheadings -o blocked "$id"; }
expect_output - blocked
expect_output unknown ipctl sysv-mq stat -q --noheadings -o usage "$id"
waits() {
    wanted=$1
    shift
    background "$@"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q '($wanted)'"
    expect_output "$bg $1 ($wanted)" blocked
    expect_output - ipctl sysv-mq stat -q --noheadings -o blocked "$other"
    expect_output used ipctl sysv-mq stat -q --noheadings -o usage "$id"
    ipctl sysv-mq stat -q -J "$id" | python3 -c 'import json, sys
(queue,) = json.load(sys.stdin)["objects"]
call, wants = sys.argv[3].split(": ")
assert queue["blocked"] == [{"pid": int(sys.argv[1]), "command": sys.argv[2], "tid": int(sys.argv[1]), "call": call, "wants": wants}], queue' \
        "$bg" "$1" "$wanted"
    kill "$bg"
    wait "$bg" || :
}
waits 'msgrcv: any type' sysv-mq-recv "$id" 0
waits 'msgrcv: type 7' sysv-mq-recv "$id" 7
waits 'msgrcv: not type 7' sysv-mq-recv "$id" 7 except
waits 'msgrcv: types 1 to 7' sysv-mq-recv "$id" -7
waits 'msgrcv: type 9223372036854775807' sysv-mq-recv "$id" 9223372036854775807
waits 'msgrcv: any type' ipctl sysv-mq recv "$id"
waits 'msgrcv: types 1 to 3' ipctl sysv-mq listen -t -3 0x2a
sysv-mq-send "$id" 1 12345678
waits 'msgsnd: room for 3 bytes' sysv-mq-send "$id" 1 abc
waits 'msgsnd: room for 4 bytes' ipctl sysv-mq send "$id" abcd
for type in 4 5 6; do background sysv-mq-recv "$id" $type; done
wait_until sh -c "[ \$(ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -o msgrcv | wc -l) = 3 ]"
expect_output '3 0' sh -c 'ipctl sysv-mq ls -q -J | python3 -c "import json, sys
print(*(len(q[\"blocked\"]) for q in json.load(sys.stdin)[\"objects\"]))"'
ipctl sysv-mq rm "$id" "$other"
