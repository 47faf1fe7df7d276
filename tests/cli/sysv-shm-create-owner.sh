#!/bin/sh
# sysv-shm create --owner: user, group or both, by name or number; the creator stays the creator; an unknown one leaves no segment.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
[ "$root" = yes ] || skip "only root can give a segment to another user"
owned() {
    expect_status 0 ipctl sysv-shm create 0x2a --size 10 -m 0640 --owner "$1"
    expect_output "$2 640" sh -c 'perl "$1/tests/helpers/sysv.pl" stat shm 0x2a | awk "{v[\$1] = \$2}
        END {print v[\"uid\"], v[\"gid\"], v[\"cuid\"], v[\"cgid\"], v[\"mode\"]}"' sh "$top"
    ipctl sysv-shm rm 0x2a
}
owned nobody '65534 0 0 0'
owned nobody:daemon '65534 1 0 0'
owned :1 '0 1 0 0'
owned 12345:54321 '12345 54321 0 0'
expect_status 0 ipctl sysv-shm create 0x2a --size 10 --owner 12345:54321
expect_output '12345 54321 root root' ipctl sysv-shm stat --raw --noheadings -o owner,group,creator,creator_group 0x2a
ipctl sysv-shm rm 0x2a
for owner in no-such-user nobody:no-such-group 4294967295; do
    expect_status 2 ipctl sysv-shm create 0x2a --size 10 --owner $owner
done
expect_output '' ipctl sysv-shm ls --noheadings
# One who gives it away remains its creator: for the kernel that is as good as its owner.
expect_status 0 as_nobody ipctl sysv-shm create 0x2a --size 10 --owner root
expect_output 'root nobody' ipctl sysv-shm ls --raw --noheadings -o owner,creator
expect_status 0 as_nobody ipctl sysv-shm recv 0x2a
expect_output '' as_nobody ipctl sysv-shm rm 0x2a
