#!/bin/sh
# sysv-sem op: all operations in one semop, or none of them; while one cannot be done, the others are not either.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
id=$(ipctl sysv-sem create 0x2a 3 --values 2,0,5)
expect_output '' ipctl sysv-sem op 0x2a 0:-1 1:+3 2:-5
expect_output '1 3 0' values
expect_status 3 ipctl sysv-sem op -n 0x2a 1:-3 0:-2
expect_output '1 3 0' values
# In the order they are given: what one adds another may take.
expect_output '' ipctl sysv-sem op "$id" 2:+1 2:-1 2:=0 0:+4 0:-5
expect_output '0 3 0' values
expect_status 3 ipctl sysv-sem op -n "$id" 2:-1 2:+1
expect_output '0 3 0' values
background ipctl sysv-sem op 0x2a 1:-3 0:-1 2:+9
wait_until sh -c "sysv-sem-get $id | sed -n 1p | grep -q '^0 1 '"
expect_output '0 3 0' values
# He does not hold what he could take already.
ipctl sysv-sem op -n "$id" 1:-1
ipctl sysv-sem op -n "$id" 0:+1
wait_until sh -c "sysv-sem-get $id | sed -n 2p | grep -q '^2 1 '"
expect_output '1 2 0' values
sysv-sem-op "$id" 1:+2
wait "$bg" || fail "status $?"
expect_output '0 1 9' values
ipctl sysv-sem rm "$id"
