#!/bin/sh
# a command fails: stop saves the message and takes no more, drop goes on, save:DIR keeps it there; all are status 123
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
failing() {
    printf '1\n0\n3\n' >&3
    # shellcheck disable=SC2016  # for the inner shell
    expect_status 123 ipctl fifo listen "$@" fifo -- sh -c 'read -r n || :; test "$n" -gt 0'
}
failing
file=$(sed -n 's/.*message 2: sh failed with status 1; the message could not go back and is in //p' "$err")
[ "$(cat "$file")" = 0 ] || fail_command 'not saved'
expect_output 3 ipctl fifo recv -n fifo
failing --on-failure drop -c 3
expect_status 3 ipctl fifo recv -n fifo
failing --on-failure save:failed -c 3
[ "$(cat failed/fifo-fifo-*)" = 0 ]
expect_status 127 ipctl fifo listen fifo -- ./missing
printf 'kept\n' >&3
expect_status 126 ipctl fifo listen fifo -- "$tmp"
expect_output kept ipctl fifo recv -n fifo
