#!/bin/sh
# shm listen where nothing changes: -w ends with 124, -n with 3, and nothing is printed; the default interval too.
. "$(dirname "$0")/lib.sh"

shm-make /here 8
for options in '-w 50ms' '-w 50ms --interval 1ms' '-w 50ms --interval 1h' '-w 50ms --futex 0' '-w 0' '-w 50ms -c 3' \
    '-w 50ms -J'; do
    # shellcheck disable=SC2086  # words
    expect_status 124 ipctl shm listen $options /here
    [ ! -s "$out" ] || fail "$options: prints $(cat "$out")"
done
expect_status 1 ipctl shm listen -w 50ms --length 0 /here
expect_error 'no bytes are watched'
for options in '' '--futex 4' '--offset 3' '-J'; do
    # shellcheck disable=SC2086  # words
    expect_status 3 ipctl shm listen -n $options /here
    [ ! -s "$out" ] || fail "$options: prints $(cat "$out")"
done
expect_status 124 ipctl shm listen -w 50ms /here -- echo ran
[ ! -s "$out" ] || fail "ran the command"
expect_status 2 ipctl shm listen --interval 0 /here
expect_error --interval
expect_status 2 ipctl shm listen --interval x /here
expect_status 2 ipctl shm listen
expect_status 2 ipctl shm listen /here /there
expect_status 4 ipctl shm listen /none
expect_error '/none: no such object'
ipctl shm rm /here
