#!/bin/sh
# sysv-shm create -m: the mode exactly, whatever the umask; 0600 without; no bits but 0777; C and the kernel's table see the same.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
for umask in 000 022 077 777; do
    umask $umask
    for mode in 0000 0400 0620 0644 0666 0777 7; do
        expect_status 0 ipctl sysv-shm create 0x2a --size 10 -m $mode
        id=$(cat "$out")
        expect_output "id $id" sh -c 'awk "\$1 == 42 {print \"id\", \$2}" /proc/sysvipc/shm'
        wanted=$(printf '%o' "0${mode#0}")
        expect_output "mode $wanted" sh -c "perl '$top/tests/helpers/sysv.pl' stat shm $id | grep mode"
        expect_output "$(printf '%04o' "0$wanted")" ipctl sysv-shm stat --noheadings -o mode "$id"
        expect_output '' ipctl sysv-shm rm 0x2a
    done
    expect_status 0 ipctl sysv-shm create 0x2a --size 10
    expect_output 'mode 600' sh -c "perl '$top/tests/helpers/sysv.pl' stat shm 0x2a | grep mode"
    expect_output '' ipctl sysv-shm rm 0x2a
done
umask 022
for mode in 1777 2600 01000 4000 8 rw-r--r-- '' -1; do
    expect_status 2 ipctl sysv-shm create 0x2a --size 10 --mode="$mode"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
expect_output '' ipctl sysv-shm ls --noheadings
