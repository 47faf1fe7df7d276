#!/bin/sh
# mq send: options that contradict each other or are unknown are status 2, in one line, and nothing is sent.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
refused() {
    pattern=$1
    shift
    expect_status 2 ipctl mq send "$@"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_status 3 mq-recv -n /q
}
refused NAME
refused 'NAME' -p 3
refused 'exclude each other' -n -w 1 /q x
refused MSG -l /q x
refused MSG -0 /q x
refused MSG --length-prefix /q x
refused 'not both' -f /dev/null /q x
refused 'needs a value' /q x -p
refused 'needs a value' /q x --file
refused "'--priority'" --priorty 3 /q x
refused -Z -Z /q x
refused 'takes no value' --lines=3 /q
refused --count --count 3 /q x
ipctl mq rm /q
