#!/bin/sh
# mq names are taken with the slash and without it by every verb, and printed with it.
. "$(dirname "$0")/lib.sh"

for name in both /both; do
    expect_status 0 ipctl mq create "$name"
    expect_output '' mq-send /both 1 by-c
    expect_output '' ipctl mq send "$name" by-ipctl
    expect_output '/both by-c' ipctl mq recv -F '%n %s' "$name"
    expect_output '/both by-ipctl' ipctl mq listen -c 1 -F '%n %s' "$name"
    expect_output '/both' ipctl mq stat -o name --noheadings "$name"
    expect_output '/both' ipctl mq ls -o name --noheadings
    expect_status 5 ipctl mq create "$name"
    expect_error '/both: '
    expect_output '{"schema":1,"removed":[{"name":"/both"}],"errors":[]}' ipctl mq rm -J "$name"
    [ ! -e /dev/mqueue/both ] || fail "$name was not removed"
done
