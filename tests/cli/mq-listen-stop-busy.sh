#!/bin/sh
# mq recv and listen stop at a signal also while messages keep coming; what they took is delivered, the rest is in the queue.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
for command in 'recv -c 100000000 /q' 'listen /q' 'listen /q -- cat' 'listen -j 2 /q -- cat' 'listen --journal journal /q'; do
    rm -f got
    background mq-flood /q m 100000000
    flood=$bg
    # shellcheck disable=SC2086  # words
    background sh -c "exec ipctl mq $command >got"
    wait_until test -s got
    kill "$bg"
    wait_until sh -c "! kill -0 $bg || grep -q '^State:.Z' /proc/$bg/status"
    status=0
    wait "$bg" || status=$?
    [ $status = 143 ] || fail "$command: status $status"
    # What keeps coming may be late.
    wait_until sh -c 'ipctl mq stat --noheadings -o messages /q | grep -qv "^0$"'
    kill "$flood"
    wait "$flood" || :
    # One line: as it came, or the next is the first of the rest.
    taken=$(tr -d '\n' <got | sed 's/m-/\n/g' | grep -c .)
    mq-recv -n /q 99 | cut -d' ' -f3 >rest || :
    [ "$(head -1 rest)" = "m-$((taken + 1))" ] || fail "$command: took $taken, the rest begins with $(head -1 rest)"
done
ipctl mq rm /q
