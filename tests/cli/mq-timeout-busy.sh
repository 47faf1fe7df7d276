#!/bin/sh
# -w ends the whole operation in time also where messages never run out, or room never does: status 124, nothing is lost.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
background mq-flood /q m 100000000
flood=$bg
next=1
for command in 'recv -c 100000000' listen 'listen --journal journal'; do
    # shellcheck disable=SC2086  # words
    expect_status 124 timeout -s KILL 60 ipctl mq $command -w 300ms /q
    [ "$(head -1 "$out")" = "m-$next" ] || fail "$command: begins with $(head -1 "$out"), not m-$next"
    next=$((next + $(wc -l <"$out")))
    [ "$(tail -1 "$out")" = "m-$((next - 1))" ] || fail "$command: lost or repeated some before $(tail -1 "$out")"
done
kill "$flood"
wait "$flood" || :
mq-recv -n /q 99 >/dev/null || :

background mq-drain /q 1000000000 >/dev/null
expect_status 124 sh -c 'yes | timeout -s KILL 60 ipctl mq send -l -w 300ms /q'
expect_error 'timed out'
ipctl mq rm /q
