#!/bin/sh
# closed-output [full]: whatever becomes of standard output, a message is either read from it or still to be had
. "$(dirname "$0")/../cli/lib.sh"

rounds=20
if [ "${1:-}" = full ]; then rounds=500; fi
number=0
: >sent
: >got

# put COUNT: sends that many messages more, with various priorities.
put() {
    for _ in $(seq "$1"); do
        number=$((number + 1))
        echo "message-$number" >>sent
        ipctl mq send -p $((number % 3)) /q "message-$number"
    done
}

mkfifo pipe
mq-make /q 10 100
# The reader takes some messages and leaves while ipctl waits for more: what comes then stays in the queue.
for round in $(seq "$rounds"); do
    case $((round % 3)) in
    0) set -- recv -c 1000 ;;
    1) set -- listen ;;
    2) set -- recv -c 1000 --journal journal --replay ;;
    esac
    here=$((round % 4))
    put "$here"
    exec 8<>pipe
    background ipctl mq "$@" /q >pipe 8<&-
    for _ in $(seq "$here"); do
        read -r line <&8
        echo "$line" >>got
    done
    exec 8<&-
    put $((round % 5 + 1))
    status=0
    wait "$bg" || status=$?
    if [ "$status" != 141 ]; then fail "round $round: status $status, not that of SIGPIPE"; fi
    ipctl mq recv -a /q >rest
    cat rest >>got
done
echo "$rounds readers that left: $(wc -l <sent) messages sent, $(wc -l <got) received"
sort -o sent sent
sort -o got got
diff sent got >/dev/null || fail "not the same"

# On a full device, while a sender fills every place at once: what cannot go back is in a file.
background mq-flood /q m 1000000000 >count
for _ in $(seq "$rounds"); do
    for verb in recv listen 'recv --journal journal --replay' 'recv -J'; do
        expect_status 1 sh -c "exec ipctl mq $verb /q >/dev/full"
    done
done
kill -TERM "$bg"
wait "$bg"
ipctl mq recv -a /q >rest || [ $? = 3 ]
saved=0
for file in "$XDG_STATE_HOME"/ipctl/*; do
    if [ ! -e "$file" ]; then continue; fi
    saved=$((saved + 1))
    cat "$file" >>rest
    echo >>rest
done
echo "$((rounds * 4)) times a full device: $(cat count) messages sent, $(wc -l <rest) kept, $saved of them in files"
seq -f 'm-%.0f' "$(cat count)" | sort >sent
sort -o rest rest
diff sent rest >/dev/null || fail "not the same"
ipctl mq rm /q
