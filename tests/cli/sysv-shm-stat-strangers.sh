#!/bin/sh
# sysv-shm stat for a user who may not look at others' processes: ATTACHED is right all the same, and a note says that holders may be missing.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
id=$(sysv-shm-make 0x2a 10 666)
background sysv-shm-hold "$id" 2 >theirs
theirs=$bg
wait_until grep -q ready theirs
for verb in "stat $id" ls; do
    # shellcheck disable=SC2086  # words
    expect_output '2 - used' as_nobody ipctl sysv-shm $verb -o attached,holders,usage --raw --noheadings
    expect_error 'processes could not be looked at'
    # shellcheck disable=SC2086  # words
    expect_output '2 - used' as_nobody ipctl sysv-shm $verb -q -o attached,holders,usage --raw --noheadings
    [ ! -s "$err" ] || fail "-q, and still $(cat "$err")"
done
background as_nobody sysv-shm-hold "$id" >own
wait_until grep -q ready own
expect_output "3 $bg\\x20sysv-shm-hold\\x20(mapped\\x20rw) used" as_nobody ipctl sysv-shm stat -o attached,holders,usage --raw --noheadings "$id"
expect_error 'processes could not be looked at'
kill "$theirs"
wait "$theirs" || :
# All are found: whoever else there is, has it not attached. Without holders nobody is looked at.
expect_output "1 $bg\\x20sysv-shm-hold\\x20(mapped\\x20rw)" as_nobody ipctl sysv-shm stat -o attached,holders --raw --noheadings "$id"
[ ! -s "$err" ] || fail "complains $(cat "$err")"
expect_output '1 used' as_nobody ipctl sysv-shm stat -o attached,usage --raw --noheadings "$id"
[ ! -s "$err" ] || fail "complains $(cat "$err")"
ipctl sysv-shm rm -q "$id"
