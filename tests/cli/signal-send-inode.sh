#!/bin/sh
# signal send PID:INODE: to that process only; another inode is status 4, and nothing is sent
. "$(dirname "$0")/lib.sh"

background signal-catch 10 > got
wait_until test -s got
pid=$bg
inode=$(ipctl signal stat "$pid" -o inode --noheadings)
case $inode in
-) skip "this kernel gives processes no inode" ;;
esac
expect_output '' ipctl signal send "$pid:$inode" USR1
wait_until grep -qx '10 0 0 main' got
expect_status 4 ipctl signal send "$pid:$((inode + 1))" TERM
expect_error "$pid:$((inode + 1)): that process has ended: $pid is another now, $pid:$inode signal-catch"
expect_status 4 ipctl signal send "$pid:18446744073709551615" TERM
ipctl signal stat "$pid:$inode" -o name --noheadings | grep -qx "$pid"
expect_status 4 ipctl signal stat "$pid:1"
for wrong in "$pid:" "$pid:x" "$pid:-1" "$pid:18446744073709551616" ":$inode"; do
    expect_status 2 ipctl signal send "$wrong" TERM
done
expect_output '' ipctl signal send "$pid:$inode" 0
