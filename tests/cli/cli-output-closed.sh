#!/bin/sh
# what cannot be printed because standard output is closed or full fails with status 1 and says so
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
for words in --help --version __spec 'help mq' 'mq --help' 'mq ls --help' 'help exit-status' 'mq ls' 'mq ls -J' 'mq stat /q' \
    '__complete -- mq'; do
    # shellcheck disable=SC2086  # words
    {
        expect_status 1 sh -c 'exec ipctl "$@" >&-' sh $words
        expect_error 'ipctl: *standard output: *Bad file descriptor'
        expect_status 1 sh -c 'exec ipctl "$@" >/dev/full' sh $words
        expect_error 'ipctl: *standard output: *No space left on device'
    }
    [ "$(wc -l <"$err")" = 1 ] || fail_command "not one line"
done
# Nothing to print, nothing to fail.
expect_status 0 sh -c 'exec ipctl mq rm /q >&-'
