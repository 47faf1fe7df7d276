#!/bin/sh
# ipctl started with closed standard descriptors: a queue never takes their place, and nothing is lost.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
for closed in '0<&-' '1>&-' '2>&-' '0<&- 1>&-' '0<&- 1>&- 2>&-'; do
    sh -c "exec ipctl mq send /q text $closed" || fail "send with $closed: status $?"
    expect_output '0 4 text' mq-recv -n /q
    status=0
    mq-send /q 2 kept
    sh -c "exec ipctl mq recv /q >got $closed" || status=$?
    case $closed in
        *1*)
            [ $status = 1 ] || fail "recv with $closed: status $status"
            expect_output '2 4 kept' mq-recv -n /q
            ;;
        *) expect_output kept cat got ;;
    esac
    sh -c "exec ipctl mq send /q --create nope $closed </dev/null" || fail "status $?"
    expect_output '0 4 nope' mq-recv -n /q
done
expect_status 1 sh -c 'exec ipctl mq ls >&-'
expect_error 'standard output'
expect_status 1 sh -c 'exec ipctl --version >&-'
expect_status 1 sh -c 'exec ipctl mq --help >&-'
expect_status 4 sh -c 'exec ipctl mq recv /none 2>&-'
expect_status 1 sh -c 'exec ipctl mq send -l /q <&-'
# CMD gets the descriptors as they were, but for its input.
mq-send /q 0 x
expect_status 0 sh -c 'exec ipctl mq listen -c 1 /q -- sh -c "cat >got" <&- >&-'
expect_output x cat got
ipctl mq rm /q
