#!/bin/sh
# sem listen -j N runs up to N commands at once, for as many posts, and no more.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 5
background ipctl sem listen -c 5 -j 3 /s -- \
    sh -c 'touch "run-$IPCTL_SEQ"; until [ -e go ]; do sleep 0.02; done; touch "done-$IPCTL_SEQ"'
wait_until sh -c '[ $(ls run-* | wc -l) = 3 ]'
expect_output 'run-1 run-2 run-3' sh -c 'ls *-* | xargs'
# Those that no command has are still there, but for the next one, which waits for a place.
[ "$(sem-op /s value)" -ge 1 ] || fail "more was taken than runs"
touch go
wait "$bg"
expect_output 'done-1 done-2 done-3 done-4 done-5' sh -c 'ls done-* | xargs'
expect_output 0 sem-op /s value
ipctl sem rm /s
