#!/bin/sh
# shm resize by a user who may not look at all processes: it shrinks what nobody seen maps, and says what it could not see.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
shm-make /here 10000 666
background shm-hold /here map >ready
wait_until test -s ready
expect_status 0 as_nobody ipctl shm resize /here 100
expect_error '/here: some processes could not be looked at'
expect_output 100 shm-size /here
expect_status 0 as_nobody ipctl shm resize -q /here 50
[ ! -s "$err" ] || fail "complains $(cat "$err")"
expect_status 0 as_nobody ipctl shm resize --force /here 40
[ ! -s "$err" ] || fail "complains $(cat "$err")"
expect_status 0 as_nobody ipctl shm resize /here 50
[ ! -s "$err" ] || fail "complains $(cat "$err")"
ipctl shm rm /here
