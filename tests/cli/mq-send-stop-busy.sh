#!/bin/sh
# mq send that never has to wait for long stops at a signal all the same; received, still queued and saved are the whole input.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo input
for round in 1 2 3; do
    # A receiver that takes 500 and then no more; the signal comes about then.
    background sh -c 'exec mq-drain /q 500 >got'
    drain=$bg
    background sh -c 'exec ipctl mq send -l /q <input 2>errors'
    exec 9>input
    seq 1000 >&9
    wait "$drain"
    kill "$bg"
    status=0
    wait "$bg" || status=$?
    exec 9>&-
    [ $status = 143 ] || fail "round $round: status $status: $(cat errors)"
    file=$(grep -o "$XDG_STATE_HOME/[^ ]*" errors) || fail "names no file: $(cat errors)"
    mq-recv -n /q 99 >queued || :
    cut -d' ' -f3 queued | cat got - "$file" >all
    seq 1000 | cmp - all || fail "round $round"
    rm "$file" got
done

# With receivers that keep up there is no end of room, and no end of input.
background mq-drain /q 100000000 >/dev/null
drain=$bg
background sh -c 'exec yes >input'
background sh -c 'exec ipctl mq send -l /q <input 2>errors'
wait_until grep -qE '^rchar: [0-9]{6}' "/proc/$bg/io"
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "status $status"
kill "$drain"
wait "$drain" || :
mq-recv -n /q 99 >queued || :
ipctl mq rm /q
