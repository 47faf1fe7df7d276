#!/bin/sh
# -q: no notes on standard error; errors remain. Without it nothing is printed where nothing is to be said.
. "$(dirname "$0")/lib.sh"

mq-make /q 1 10
silent() {
    expect_status "$@"
    [ ! -s "$err" ] || fail "$*: says $(cat "$err")"
}
silent 0 ipctl mq send /q a
silent 3 ipctl mq send -q -n /q b
silent 124 ipctl mq send --quiet -w 1ms /q b
silent 0 ipctl mq recv /q
silent 3 ipctl mq recv -n /q
silent 124 ipctl mq recv -q -w 1ms /q
mq-send /q 0 a
silent 123 ipctl mq listen -q -c 1 --on-failure drop /q -- false
silent 0 ipctl mq ls
expect_status 4 ipctl mq recv -q /none
expect_error '/none: no such queue'
expect_status 5 ipctl mq create -q /q
expect_error '/q: '
expect_status 4 ipctl mq rm -q /none
expect_error /none
expect_status 1 ipctl mq send -q /q 12345678901
expect_error '11 bytes'
ipctl mq rm /q
