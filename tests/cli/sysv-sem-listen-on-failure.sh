#!/bin/sh
# sysv-sem listen --on-failure: stop (the default) and requeue give the 1 back, drop does not, save is refused: there is no data.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 2 --values 0,3)
value() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
for option in '' '--on-failure stop'; do
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl sysv-sem listen $option "$id:1" -- sh -c 'echo ran >>runs; exit 7'
    expect_output '0 3' value
    expect_output ran cat runs
    rm runs
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl sysv-sem listen $option "$id:1" -- sh -c 'kill -KILL $$'
    expect_output '0 3' value
done
expect_status 123 ipctl sysv-sem listen --on-failure drop -c 2 "$id:1" -- sh -c 'echo ran >>runs; exit 7'
expect_output '0 1' value
expect_output 2 grep -c . runs
rm runs
ipctl sysv-sem set "$id:1" --value 3
expect_status 123 ipctl sysv-sem listen --on-failure requeue -c 3 "$id:1" -- sh -c 'echo ran >>runs; [ $(wc -l <runs) -gt 2 ]'
expect_output 3 grep -c . runs
expect_output '0 2' value
ipctl sysv-sem set "$id:1" --value 1
background sh -c "exec ipctl sysv-sem listen --on-failure requeue $id:1 -- sh -c 'echo ran >>runs; exit 1'"
wait_until sh -c '[ $(wc -l <runs) -ge 5 ]'
kill "$bg"
wait "$bg" || :
expect_output '0 1' value
expect_status 2 ipctl sysv-sem listen --on-failure save:saved "$id:1" -- true
expect_error save
[ ! -e saved ] || fail "made a directory"
ipctl sysv-sem rm "$id"
