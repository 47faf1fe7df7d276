#!/bin/sh
# sysv-mq: messages come in the order in which they were sent, across more than the queue holds, in both directions.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create --bytes 100)
seq 3000 >numbers
background sh -c "exec ipctl sysv-mq send -l $id <numbers"
sysv-mq-recv "$id" 0 3000 >got
wait "$bg" || fail "send: status $?"
expect_output "$(cat numbers)" cut -d' ' -f2 got
background sysv-mq-flood "$id" m 3000 3
ipctl sysv-mq recv -c 3000 -F '%c %s %p' "$id" >got
wait "$bg" || fail "flood: status $?"
awk '$1 != NR || $2 != "m-" NR || $3 != (NR - 1) % 3 + 1 { print "line " NR ": " $0; exit 1 }' got
background sysv-mq-flood "$id" n 300 3
# Its type alone, in order; another receiver takes the rest.
background sh -c "exec sysv-mq-recv $id 3 100 >threes"
ipctl sysv-mq recv -t 3 --except -c 200 "$id" >got
wait "$bg"
[ "$(wc -l <got)" = 200 ] || fail "$(wc -l <got) messages"
sort -t- -k2n got | cmp - got
seq 3 3 300 | sed 's/^/3 n-/' | cmp - threes
ipctl sysv-mq rm "$id"
