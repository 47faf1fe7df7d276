#!/bin/sh
# SIGKILL loses nothing that ipctl has only looked at: what waits for its end is still in the pipe
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
end=/proc/${pipe%:*}/fd/${pipe#*:}
looks() { grep -q poll "/proc/$bg/wchan"; }
for options in '' '--journal journal'; do
    printf 'the beginning' >"$end"
    # shellcheck disable=SC2086  # words
    background ipctl pipe recv $options "$pipe"
    wait_until looks
    kill -KILL "$bg"
    wait "$bg" || :
    expect_output 13 ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
    echo ' and the end' >"$end"
    # shellcheck disable=SC2086
    expect_output 'the beginning and the end' ipctl pipe recv $options "$pipe"
done
# While messages pass: with a journal none is missing, though one may come twice.
seq 3000 >in
background ipctl pipe send -f in "$pipe"
sender=$bg
: >got
for round in 1 2 3; do
    lines=$(wc -l <got)
    background ipctl pipe listen --journal many --replay "$pipe" >>got
    wait_until sh -c "[ \$(wc -l <got) -gt $((lines + 100)) ] || [ \$(wc -l <got) -ge 2999 ]"
    kill -KILL "$bg"
    wait "$bg" || :
done
wait "$sender"
ipctl pipe recv -a --journal many --replay "$pipe" >>got || [ $? = 3 ]
sort -nu got | cmp - in || fail "lost, in round $round at the latest"
