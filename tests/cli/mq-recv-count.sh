#!/bin/sh
# mq recv -c N takes N messages and no more, waiting for those that are not there yet.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 0 1 2 3 4
expect_output '1
2
3' ipctl mq recv -c 3 /q
expect_output '0 1 4' mq-recv -n /q
background ipctl mq recv --count=12 /q >got
mq-flood /q m 12
wait "$bg" || fail "status $?"
seq -f 'm-%g' 12 | cmp - got
mq-send /q 0 1 2
expect_status 3 ipctl mq recv -n -c 3 /q
[ "$(xargs <"$out")" = '1 2' ] || fail "took $(cat "$out")"
for wrong in 0 -1 x 1.5 '' 99999999999999999999; do
    expect_status 2 ipctl mq recv --count="$wrong" /q
    expect_error --count
done
ipctl mq rm /q
