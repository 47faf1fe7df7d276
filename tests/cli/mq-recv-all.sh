#!/bin/sh
# mq recv -a takes what is there, without waiting for more; nothing there is status 3.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
expect_status 3 ipctl mq recv -a /q
[ ! -s "$out" ] || fail "prints $(cat "$out")"
mq-send /q 0 1 2 3
expect_output '1
2
3' ipctl mq recv --all /q
expect_status 3 mq-recv -n /q
mq-send /q 0 1 2 3
expect_output '1
2' ipctl mq recv -a -c 2 /q
expect_output 3 ipctl mq recv -a -c 2 /q
expect_status 2 ipctl mq recv -a -w 1 /q
expect_error --all

# What comes while it runs is not there now: with a command that refills, it would never end.
mq-send /q 0 1 2
ipctl mq recv -a /q | while read -r line; do mq-send /q 0 "$line"; echo "$line"; done >got
expect_output '1
2' cat got
expect_output '1
2' ipctl mq recv -a /q
ipctl mq rm /q
