#!/bin/sh
# sysv-shm write from an argument, a file, a pipe, --length of either; the other bytes stay as they are.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 12 600)
printf 'ABCDEFGHIJKLMNOP' >sixteen
written() {
    wanted=$1
    shift
    sysv-shm-put "$id" 0 0123456789ab
    expect_output '' sh -c "$1"
    expect_output "$wanted" sysv-shm-get "$id" 0 12
}
written 'xyz3456789ab' 'ipctl sysv-shm write 0x2a xyz'
written '0123456789xy' "ipctl sysv-shm send --offset 10 $id xy"
written '012-v-6789ab' 'ipctl sysv-shm send --offset 3 0x2a -- -v-'
written '0123456789ab' 'ipctl sysv-shm send --offset 12 0x2a ""'
printf ABCD >four
written '01ABCD6789ab' 'ipctl sysv-shm write --offset 2 0x2a -f four'
written 'ABCD456789ab' 'ipctl sysv-shm write 0x2a <four'
written 'ABCD456789ab' 'ipctl sysv-shm write 0x2a -f - <four'
written 'ABCD456789ab' 'cat four | ipctl sysv-shm write 0x2a'
written '0ABCDABCD9ab' '(cat four; sleep 0.1; cat four) | ipctl sysv-shm write 0x2a --offset 1'
written '0123456789ab' ': | ipctl sysv-shm write 0x2a'
written 'ABCDEFGHIJKL' 'ipctl sysv-shm write 0x2a --length 12 -f sixteen'
written '012ABCDE89ab' 'cat sixteen | ipctl sysv-shm write 0x2a --offset 3 --length 5'
# As much as the descriptor's position leaves.
written 'MNOP456789ab' '(head -c 12 >/dev/null; ipctl sysv-shm write 0x2a) <sixteen'
# An input that ends early is an error, and says how much was written.
expect_status 1 sh -c 'cat four | ipctl sysv-shm write 0x2a --length 5'
expect_error '4 of 5 bytes'
expect_status 1 ipctl sysv-shm write 0x2a --length 17 -f sixteen
expect_status 1 ipctl sysv-shm write 0x2a -f no-such-file
expect_error no-such-file
expect_status 2 ipctl sysv-shm write 0x2a text -f four
expect_status 2 ipctl sysv-shm write
ipctl sysv-shm rm 0x2a
