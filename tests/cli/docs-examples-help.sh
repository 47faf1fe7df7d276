#!/bin/sh
# every example that --help prints works, on queues that are there unless it creates them
. "$(dirname "$0")/lib.sh"

{
    "$ipctl" --help
    "$ipctl" __spec | python3 -c '
import json, sys
for mechanism in json.load(sys.stdin)["mechanisms"]:
    for verb in mechanism["verbs"]: print(*("  ipctl " + each["line"] for each in verb["examples"]), sep="\n")
'
} | sed -n 's/^  ipctl \(mq .*\)/\1/p' > examples
printf '#!/bin/sh\ncat > /dev/null\n' > work
cp work convert-it
chmod +x work convert-it
echo 'a line' > list
PATH=$tmp:$PATH

is_drained() {
    [ "$(ipctl mq stat -o messages --noheadings /jobs)" = 0 ]
}

# Stopped when it has taken what there is.
listen() {
    ipctl mq send /jobs one two
    background sh -c "exec ipctl $1" > /dev/null
    wait_until is_drained
    status=0
    kill -TERM "$bg"
    wait "$bg" || status=$?
    [ "$status" = 143 ] || fail "status $status: $1"
}

while read -r example; do
    ipctl mq rm --force /jobs /log
    case $example in
        mq\ create\ *) ;;
        *) ipctl mq create /jobs && ipctl mq create /log ;;
    esac
    case $example in
        mq\ listen\ *) listen "$example" ;;
        mq\ recv\ *) ipctl mq send /jobs one && expect_status 0 sh -c "ipctl $example" ;;
        *) expect_status 0 sh -c "ipctl $example" ;;
    esac
done < examples
[ "$(wc -l < examples)" -ge 14 ] || fail "examples are missing: $(cat examples)"
ipctl mq rm --force /jobs /log
