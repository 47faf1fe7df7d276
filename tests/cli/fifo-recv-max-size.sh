#!/bin/sh
# a message of more than --max-size bytes is an error, and stays in the FIFO as far as it is there
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf '12345\n' >&3
expect_status 1 ipctl fifo recv --max-size 4 fifo
expect_error 'a message is 5 bytes, more than the 4 that are taken (--max-size), or its end is not marked as expected'
expect_output 12345 ipctl fifo recv --max-size 5 fifo
printf '123456' >&3
expect_status 1 ipctl fifo recv -n --max-size 4 fifo
expect_error 'a message is many bytes, more than the 4'
expect_status 3 ipctl fifo recv -n --max-size 6 fifo
printf '\n' >&3
expect_output 123456 ipctl fifo recv -n --max-size 6 --journal journal fifo
printf 'GET / HTTP\n' >&3
expect_status 1 ipctl fifo recv --length-prefix fifo
expect_error 'or its end is not marked as expected'
expect_output 'GET / HTTP' ipctl fifo recv fifo
# At the end of the stream too, and in a journal.
exec 3>&-
for journal in '' '--journal journal'; do
    # shellcheck disable=SC2086  # an option and its value
    background ipctl fifo recv --max-size 4 $journal fifo 2>errors
    printf 123456 | cat >fifo
    status=0
    wait "$bg" || status=$?
    [ "$status" = 1 ] && grep -q 'more than the 4' errors || fail "status $status: $(cat errors)"
done
