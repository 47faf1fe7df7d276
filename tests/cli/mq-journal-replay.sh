#!/bin/sh
# --journal and --replay: what was in hand when ipctl was killed is delivered by the next run, byte for byte, priority too.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --max-messages 4 --message-size 8K /jobs
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 8 + b"end")' >data
mq-send /jobs 7 <data
mq-send /jobs 6 two
mq-send /jobs 5 later
background sh -c 'exec ipctl mq listen -j 2 --journal journal /jobs -- sh -c "touch run-\$IPCTL_SEQ; exec sleep 1000"'
wait_until test -e run-1 -a -e run-2
commands=$(pgrep -P "$bg")
kill -KILL "$bg"
wait "$bg" || :
# shellcheck disable=SC2086  # words
kill $commands
expect_status 1 ipctl mq recv --journal journal /jobs
expect_error '2 messages'
expect_error --replay
[ ! -s "$out" ] || fail "delivers $(cat "$out")"

# One of them, then the rest: what is not delivered stays.
ipctl mq recv -N -c 1 --journal journal --replay /jobs >first
ipctl mq recv -c 1 --journal journal --replay -F '%n %p %l' /jobs >second
if cmp -s first data; then wanted='/jobs 6 3'; else wanted='/jobs 7 2051'; fi
expect_output "$wanted" cat second
cmp -s first data || expect_output two cat first
expect_output '/jobs 5 later' ipctl mq recv -c 1 --journal journal --replay -F '%n %p %s' /jobs
expect_status 3 ipctl mq recv -n --journal journal --replay /jobs
ipctl mq rm /jobs
