#!/bin/sh
# mq send -p N: C receives that priority, from 0 to 32767, the highest first; others are refused.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
expect_output '' ipctl mq send /q none
expect_output '' ipctl mq send -p 32767 /q most
expect_output '' ipctl mq send --priority=1 /q a b
expect_output '' ipctl mq send -p1 /q c
printf 'l1\nl2\n' | ipctl mq send -l -p 7 /q
expect_output '32767 4 most
7 2 l1
7 2 l2
1 1 a
1 1 b
1 1 c
0 4 none' mq-recv /q 7
for wrong in 32768 4294967296 99999999999999999999 -1 x 1.5 ''; do
    expect_status 2 ipctl mq send --priority="$wrong" /q x
    expect_error --priority
    expect_status 3 mq-recv -n /q
done
expect_status 2 ipctl mq send -p 32768 /q x
expect_error 32767
ipctl mq rm /q
