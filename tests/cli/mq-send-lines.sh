#!/bin/sh
# mq send -l: each line is a message without its newline, empty ones too; a last line needs no newline.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
printf 'one\n\n two \r\n\nlast' | ipctl mq send -l /q
printf '0 3 one\n0 0 \n0 6  two \r\n0 0 \n0 4 last\n' >expected
mq-recv /q 5 >got
cmp expected got
printf 'one\n' | ipctl mq send --lines /q
printf '' | ipctl mq send -l /q
printf '\n' | ipctl mq send -l /q
printf '0 3 one\n0 0 \n' >expected
mq-recv /q 2 >got
cmp expected got
expect_status 3 mq-recv -n /q

# A line is sent when it is there, not when the input ends.
mkfifo lines
background sh -c "exec ipctl mq send -l /q <lines"
exec 9>lines
echo early >&9
expect_output '0 5 early' mq-recv /q
exec 9>&-
wait "$bg"
ipctl mq rm /q
