#!/bin/sh
# mq create with sizes that no queue has: refused with the option's name, and nothing is made.
. "$(dirname "$0")/lib.sh"

refused() {
    expect_status "$@"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e /dev/mqueue/none ] || fail "made a queue"
}

refused 1 ipctl mq create /none --max-messages 0
expect_error --max-messages
refused 1 ipctl mq create /none --message-size 0
expect_error --message-size
for wrong in -1 x 1x 1.5 99999999999999999999 ''; do
    refused 2 ipctl mq create /none --max-messages="$wrong"
    expect_error --max-messages
done
for wrong in -1 K 1Q 4KK 99999999999999999999 999999999999E ''; do
    refused 2 ipctl mq create /none --message-size="$wrong"
    expect_error --message-size
done
refused 2 ipctl mq create
expect_error NAME
refused 2 ipctl mq create /none /other
expect_error /other
refused 2 ipctl mq create --message-sise 5 /none
expect_error --message-size
