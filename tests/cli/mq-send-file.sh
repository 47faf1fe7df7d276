#!/bin/sh
# mq send -f FILE: the file is one message, or is split as standard input is; what cannot be read is named.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
printf 'a\nb' >'my file'
expect_output '' ipctl mq send -f 'my file' /q
expect_output '0 3 a
b' mq-recv -n /q
expect_output '' ipctl mq send -l --file='my file' /q
expect_output '0 1 a
0 1 b' mq-recv -n /q 2

expect_status 1 ipctl mq send -f missing /q
expect_error 'missing: '
expect_error 'No such file'
expect_status 1 ipctl mq send -f . /q
expect_error 'irectory'
expect_status 2 ipctl mq send -f 'my file' /q text
expect_error --file
expect_status 3 mq-recv -n /q
ipctl mq rm /q
