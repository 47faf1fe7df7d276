#!/bin/sh
# shm ls and stat with holders, without root: how many processes could not be looked at is noted, once; not with -q, nor without holders.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
shm-make /here 10 644
background shm-hold /here map >ready
wait_until test -s ready
for command in 'stat /here' 'ls -o +holders' 'ls -o name,usage' 'ls --deleted' 'stat -J /here'; do
    # shellcheck disable=SC2086  # words
    expect_status 0 as_nobody ipctl shm $command
    expect_error 'could not be looked at'
    [ "$(wc -l <"$err")" = 1 ] || fail "$command: not one line: $(cat "$err")"
    # shellcheck disable=SC2086  # words
    expect_status 0 as_nobody ipctl shm $command -q
    [ ! -s "$err" ] || fail "$command: complains $(cat "$err")"
done
for command in 'ls' 'stat -o size /here' 'ls -o name'; do
    # shellcheck disable=SC2086  # words
    expect_status 0 as_nobody ipctl shm $command
    [ ! -s "$err" ] || fail "$command: complains $(cat "$err")"
done
ipctl shm rm /here
