#!/bin/sh
# mq listen --on-failure drop: a message whose command failed is gone, the others are taken, the status tells in the end.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 0 1 bad 3
expect_status 123 ipctl mq listen -c 3 --on-failure drop /q -- sh -c 'm=$(cat); [ "$m" != bad ] && echo "$m"'
expect_error 'message 2'
expect_error 'with status 1'
expect_error dropped
[ "$(xargs <"$out")" = '1 3' ] || fail "delivered $(cat "$out")"
expect_status 3 mq-recv -n /q
mq-send /q 0 1 bad 3
expect_status 123 ipctl mq listen -q -n --on-failure=drop /q -- grep -v bad
[ ! -s "$err" ] || fail "-q prints $(cat "$err")"
expect_status 3 mq-recv -n /q
ipctl mq rm /q
