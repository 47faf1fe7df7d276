#!/bin/sh
# mq send of a message that is too long: status 1 with its size and the limit; those before it are sent, none after.
. "$(dirname "$0")/lib.sh"

mq-make /q 5 8
too_long() {
    expect_status 1 "$@"
    expect_error '/q: message is 9 bytes, the queue takes 8'
    expect_error --message-size
}
too_long ipctl mq send /q 123456789
[ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
expect_status 3 mq-recv -n /q
too_long ipctl mq send /q before 123456789 after
expect_error '1 message sent'
expect_output '0 6 before' mq-recv -n /q
expect_status 3 mq-recv -n /q

printf 123456789 >whole
too_long ipctl mq send -f whole /q
printf 'before\n123456789\nafter\n' >lines
too_long ipctl mq send -l -f lines /q
expect_output '0 6 before' mq-recv -n /q
too_long ipctl mq send --decode hex /q 313233343536373839
expect_output '' ipctl mq send --decode hex /q 3132333435363738
expect_output '0 8 12345678' mq-recv -n /q
expect_output '' ipctl mq send /q 12345678
expect_output '0 8 12345678' mq-recv -n /q

# The size of an endless input cannot be told.
status=0
yes | tr -d '\n' | head -c 300000 | ipctl mq send /q 2>"$err" || status=$?
[ $status = 1 ] || fail "status $status for an endless message"
expect_error 'more than 8 bytes'
expect_status 3 mq-recv -n /q
ipctl mq rm /q
