#!/bin/sh
# sysv-sem listen: a line for each 1 that is added, by C and ipctl, until -c N or a signal; CMD is run for each, -j N at once.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 0x2a 2 --values 2,0)
expect_output "$id 1
$id 2" ipctl sysv-sem listen -c 2 0x2a
background sh -c 'exec ipctl sysv-sem listen 0x2a:1 >got'
for number in 1 2 3; do
    sysv-sem-op "$id" 1:+1
    wait_until grep -qx "$id $number" got
done
ipctl sysv-sem post 0x2a:1 -c 3
wait_until grep -qx "$id 6" got
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "status $status"
expect_output 6 sh -c 'wc -l <got'
ipctl sysv-sem set 0x2a --values 5,0
expect_output '1
2
3' ipctl sysv-sem listen -c 3 0x2a -- sh -c 'cat; echo $IPCTL_SEQ'
expect_output 2 sh -c "sysv-sem-get $id | head -n 1 | cut -d ' ' -f 1"
ipctl sysv-sem post -c 4 0x2a
expect_output '' ipctl sysv-sem listen -j 3 -c 6 0x2a -- sh -c 'echo $IPCTL_SEQ >>runs'
expect_output '1 2 3 4 5 6' sh -c 'sort -n runs | xargs'
ipctl sysv-sem post -c 2 0x2a
expect_output '2' sh -c 'ipctl sysv-sem listen -J -c 2 0x2a | jq -s "map(select(.mechanism == \"sysv-sem\" and .length == 0)) | length"'
expect_output '0 0 0 0 0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1-3 | xargs"
ipctl sysv-sem rm 0x2a
