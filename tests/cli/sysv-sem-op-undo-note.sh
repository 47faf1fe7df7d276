#!/bin/sh
# sysv-sem op with u and without CMD: it is undone at once, and a note says so; -q says nothing, and op without u neither.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 2 --values 3,0)
for operations in 0:-1u '0:-1 1:+1u' '0:-1u 1:+1u'; do
    # shellcheck disable=SC2086  # words
    expect_output '' ipctl sysv-sem op "$id" $operations
    expect_error 'undone'
    expect_error 'CMD'
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_output '2 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
expect_output '' ipctl sysv-sem op -q "$id" 0:-1u
[ ! -s "$err" ] || fail "-q says $(cat "$err")"
expect_output '' ipctl sysv-sem op "$id" 0:-1
[ ! -s "$err" ] || fail "says $(cat "$err")"
expect_output '' ipctl sysv-sem op "$id" 0:+1u -- true
[ ! -s "$err" ] || fail "with CMD it says $(cat "$err")"
expect_status 3 ipctl sysv-sem op -n "$id" 1:-1u
[ ! -s "$err" ] || fail "not done, and it says $(cat "$err")"
expect_output '1 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
ipctl sysv-sem rm "$id"
