#!/bin/sh
# sysv-shm listen by polling: a message for each change of the watched bytes, as they are then; other bytes are nothing to it.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
id=$(sysv-shm-make 0x2a 20 600)
mkfifo ready
listen() {
    background sh -c 'exec ipctl sysv-shm listen --interval 1ms --ready-fd 5 "$@" 5>ready >got 2>errors' sh "$@"
    read -r _ <ready
}
sysv-shm-put "$id" 0 before
listen --offset 4 --length 4 0x2a
expect_output 1 sh -c "awk '\$2 == $id {print \$7}' /proc/sysvipc/shm"
sysv-shm-put "$id" 0 wxyz
sysv-shm-put "$id" 8 elsewhere
for text in abcd efgh ijkl; do
    sysv-shm-put "$id" 4 $text
    wait_until grep -qx $text got
done
perl "$top/tests/helpers/sysv.pl" shm-write "$id" 7 !
wait_until grep -q 'ijk!' got
ipctl sysv-shm write --offset 5 "$id" ++
wait_until grep -q 'i++!' got
kill "$bg"
wait "$bg" || :
expect_output 'abcd
efgh
ijkl
ijk!
i++!' cat got
expect_output '' cat errors
listen -c 2 --length 4 -F '%n %c %s' "$id"
sysv-shm-put "$id" 0 1111
wait_until grep -q 1111 got
sysv-shm-put "$id" 0 2222
wait "$bg" || fail "status $?"
expect_output "$id 1 1111
$id 2 2222" cat got
expect_output 0 sh -c "awk '\$2 == $id {print \$7}' /proc/sysvipc/shm"
ipctl sysv-shm rm "$id"
