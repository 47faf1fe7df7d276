#!/bin/sh
# with standard descriptors closed at the start, none of them becomes a queue, and no message is lost or mangled
. "$(dirname "$0")/lib.sh"

# closed REDIRECTIONS STATUS ARG...: ipctl so started.
closed() {
    redirections=$1
    status=$2
    shift 2
    expect_status "$status" sh -c "exec \"\$@\" $redirections" sh ipctl "$@"
}
ipctl mq create /q
closed '<&-' 0 mq send -v /q one
grep -q '^mq_send([3-9]' "$err" || fail_command "where is the queue?"
closed '<&-' 1 mq send /q
expect_error 'Bad file descriptor'
closed '<&- >&- 2>&-' 0 mq send /q two
closed '>&-' 1 mq recv /q
expect_error 'back to /q'
closed '<&- >&- 2>&-' 1 mq recv /q
closed '2>&-' 0 mq recv -v /q
[ "$(cat "$out")" = one ] || fail_command "not the first message alone"
closed '<&- 2>&-' 0 mq recv -v /q
[ "$(cat "$out")" = two ] || fail_command "not the second message alone"
closed '2>&-' 3 mq recv -n /q
closed '2>&-' 2 mq recv --bogus /q
closed '<&-' 0 mq rm /q
