#!/bin/sh
# sysv-mq recv -t: N takes the first of that type, -N the lowest type up to N first, --except the first of another; the rest keep their order.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
fill() { for pair in 4:a 3:b 2:c 1:d 3:e 9:f 1:g; do sysv-mq-send "$id" ${pair%:*} ${pair#*:}; done; }
took() {
    wanted=$1
    shift
    expect_output "$wanted" sh -c 'ipctl sysv-mq recv -F "%p%s" "$@" | xargs' sh "$@" "$id"
}
fill
took '4a 3b 2c 1d 3e 9f 1g' -a
fill
took '3b 3e' -t 3 -c 2
expect_status 3 ipctl sysv-mq recv -t 3 -n "$id"
took '1d 1g 2c 4a' -t -4 -a
took '9f' -a
fill
took '4a' --type=3 --except -c 1
took '2c 1d 9f 1g' -t 3 --except -a
took '3b 3e' -a
fill
took '1d' --type=-9223372036854775807
took '2c' -t 2
expect_status 3 ipctl sysv-mq recv -t 7 -a "$id"
ipctl sysv-mq recv -a "$id" >/dev/null
for wrong in '--except' '--except -t 0' '--except -t -2' '-t x' '-t 1.5' '-t 9223372036854775808'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl sysv-mq recv -n $wrong "$id"
done
ipctl sysv-mq rm "$id"
