#!/bin/sh
# sem listen --on-failure: stop (the default) and requeue give the count back, drop does not, save is refused: there is no data.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 3
for option in '' '--on-failure stop'; do
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl sem listen $option /s -- sh -c 'echo ran >>runs; exit 7'
    expect_output 3 sem-op /s value
    expect_output ran cat runs
    rm runs
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl sem listen $option /s -- sh -c 'kill -KILL $$'
    expect_output 3 sem-op /s value
done
expect_status 123 ipctl sem listen --on-failure drop -c 2 /s -- sh -c 'echo ran >>runs; exit 7'
expect_output 1 sem-op /s value
expect_output 2 grep -c . runs
rm runs

expect_status 123 ipctl sem listen --on-failure requeue -c 3 /s -- sh -c 'echo ran >>runs; [ $(wc -l <runs) -gt 2 ]'
expect_output 3 grep -c . runs
expect_output 0 sem-op /s value
sem-op /s post
background sh -c 'exec ipctl sem listen --on-failure requeue /s -- sh -c "echo ran >>runs; exit 1"'
wait_until sh -c '[ $(wc -l <runs) -ge 5 ]'
kill "$bg"
wait "$bg" || :
expect_output 1 sem-op /s value

expect_status 2 ipctl sem listen --on-failure save:saved /s -- true
expect_error save
[ ! -e saved ] || fail "made a directory"
expect_output 1 sem-op /s value
ipctl sem rm /s
