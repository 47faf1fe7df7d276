#!/bin/sh
# pipe listen --on-failure: stop saves the message and leaves the rest in the pipe; drop and save:DIR go on; requeue cannot be
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

fails_at_2='read -r n; echo "$n" >>ran; test "$n" != 2'
printf '1\n2\n3\n' | {
    expect_status 123 ipctl pipe listen fd:0 -- sh -c "$fails_at_2"
    expect_error 'pipe listen: fd:0: message 2: sh failed with status 1; the message could not go back and is in '
    expect_output 3 cat
}
expect_output 2 cat "$(find .home/state/ipctl -type f)"
expect_output '1
2' cat ran
rm -r .home/state ran
printf '1\n2\n3\n' | expect_status 123 ipctl pipe listen --on-failure drop fd:0 -- sh -c "$fails_at_2"
expect_output '1
2
3' cat ran
[ ! -e .home/state ] || fail "saved"
rm ran
printf '1\n2\n3\n' | expect_status 123 ipctl pipe listen --on-failure save:failed fd:0 -- sh -c "$fails_at_2"
expect_output 2 sh -c 'cat failed/pipe-fd_0-*'
[ "$(stat -c %a failed/*)" = 600 ]
expect_output '1
2
3' cat ran
printf '1\n' | expect_status 2 ipctl pipe listen --on-failure requeue fd:0 -- false
printf '1\n' | expect_status 123 ipctl pipe listen fd:0 -- sh -c 'kill -KILL $$'
expect_error 'sh failed with status 137 (as signal 9 does)'
