#!/bin/sh
# mq send without MSG: standard input whole is one message, newlines and all; an empty input is an empty message.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
printf 'two\nlines\n' | ipctl mq send /q
printf 'two\nlines\n' >expected
mq-recv -r /q >got
cmp expected got

ipctl mq send -f - /q <expected
mq-recv -r /q >got
cmp expected got

ipctl mq send /q </dev/null
expect_output '0 0 ' mq-recv -n /q

# In pieces, as a slow writer gives it.
{ printf one; sleep 0.05; printf two; } | ipctl mq send /q
expect_output '0 6 onetwo' mq-recv -n /q

expect_status 1 ipctl mq send /q <&-
expect_error input
expect_status 3 mq-recv -n /q
ipctl mq rm /q
