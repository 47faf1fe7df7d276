#!/bin/sh
# --journal and --replay: what was in hand when ipctl was killed is delivered by the next run; nothing is left once it is delivered
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
ipctl pipe send "$pipe" one two three
background sh -c "exec ipctl pipe listen -j 2 --journal journal $pipe -- sh -c 'touch run-\$IPCTL_SEQ; exec sleep 1000'"
wait_until test -e run-1 -a -e run-2
commands=$(pgrep -P "$bg")
kill -KILL "$bg"
wait "$bg" || :
# shellcheck disable=SC2086  # words
kill $commands
expect_status 1 ipctl pipe recv --journal journal "$pipe"
expect_error '2 messages'
expect_error --replay
[ ! -s "$out" ]
expect_output 'one
three
two' sh -c "ipctl pipe recv -c 3 --journal journal --replay $pipe | sort"
expect_status 3 ipctl pipe recv -n --journal journal "$pipe"

# Any bytes, with their length before them, and a message longer than the pipe.
head -c 100000 /dev/urandom >bytes
background ipctl pipe send --lock --length-prefix --decode base64 "$pipe" "$(head -c 60000 bytes | base64 -w 0)"
ipctl pipe recv --length-prefix -N -F '%s' --journal journal "$pipe" | cmp -n 60000 - bytes
wait "$bg"
small=$(ipctl pipe create --capacity 4096)
background ipctl pipe send --lock --length-prefix --decode base64 "$small" "$(head -c 60000 bytes | base64 -w 0)"
ipctl pipe recv --length-prefix -N -F '%s' --journal small "$small" | cmp -n 60000 - bytes
wait "$bg"
expect_status 3 ipctl pipe recv -n --journal small "$small"
# Standard output is full: it stays in a file, and the journal is empty.
ipctl pipe send "$pipe" four
expect_status 1 sh -c "ipctl pipe recv --journal journal $pipe >/dev/full"
expect_output four cat "$(find .home/state/ipctl -type f)"
expect_status 3 ipctl pipe recv -n --journal journal "$pipe"
# With commands.
expect_output 'a
b' ipctl pipe listen --journal journal --from 'echo a; echo b'
