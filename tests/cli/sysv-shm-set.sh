#!/bin/sh
# sysv-shm set: mode, owner, group, alone or together, as C and the kernel's table see it; the rest stays, and so do those attached.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 100 600)
sysv-shm-put "$id" 0 text
background sysv-shm-hold "$id" >held
wait_until grep -q ready held
is() {
    expect_output "$1" sh -c "awk '\$2 == $id {print \$3, \$8, \$9, \$10, \$11, \$4, \$7}' /proc/sysvipc/shm"
}
expect_output '' ipctl sysv-shm set -m 0644 0x2a
if [ "$root" = yes ]; then
    is '644 0 0 0 0 100 1'
    expect_output '' ipctl sysv-shm set --owner nobody "$id"
    is '644 65534 0 0 0 100 1'
    expect_output '' ipctl sysv-shm set --owner :daemon key:42
    is '644 65534 1 0 0 100 1'
    expect_output '' ipctl sysv-shm set --mode 0 --owner 12345:54321 0x2a
    is '0 12345 54321 0 0 100 1'
    expect_output '0000 12345 54321' ipctl sysv-shm stat --raw --noheadings -o mode,owner,group 0x2a
    expect_output '' ipctl sysv-shm set --owner root:root 0x2a
fi
ipctl sysv-shm set -J -m 0640 0x2a >set.json
ipctl sysv-shm stat -J 0x2a | cmp - set.json || fail "set -J is not what stat -J says"
expect_output 0640 ipctl sysv-shm stat --noheadings -o mode "$id"
expect_output text sysv-shm-get "$id" 0 4
expect_status 2 ipctl sysv-shm set 0x2a
expect_error 'nothing to set'
for mode in 1777 8 x -1; do expect_status 2 ipctl sysv-shm set "--mode=$mode" 0x2a; done
expect_status 2 ipctl sysv-shm set --owner no-such-user 0x2a
expect_output 0640 ipctl sysv-shm stat --noheadings -o mode "$id"
for sel in 0x2b $((id + 1)); do
    expect_status 4 ipctl sysv-shm set -m 0600 $sel
    expect_error "$sel: no such segment"
done
ipctl sysv-shm rm -q 0x2a
