#!/bin/sh
# mq send -l -f FIFO: what was read ahead of a full queue is saved and named, as with standard input.
. "$(dirname "$0")/lib.sh"

mq-make /q 2 10
mkfifo fifo
background sh -c 'seq 5 >fifo'
expect_status 3 ipctl mq send -n -l -f fifo /q
file=$(grep -o "$XDG_STATE_HOME/ipctl/mq-q-unsent-[A-Za-z0-9]*" "$err") || fail "$(cat "$err")"
expect_output '3
4
5' cat "$file"
expect_output '1
2' ipctl mq recv -a /q
seq 5 >plain
expect_status 3 ipctl mq send -n -l -f plain /q
[ ! -s "$err" ] || [ "$(grep -c unsent "$err")" = 0 ] || fail "a file that is still there was saved"
expect_status 3 mq-recv -n /q 9
ipctl mq rm /q
