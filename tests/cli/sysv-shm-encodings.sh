#!/bin/sh
# sysv-shm write --decode and read --encode: each codec there and back; what is no hex or base64 writes nothing; hexdump counts in the segment.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 32 600)
expect_output '' ipctl sysv-shm write 0x2a --decode hex '00 01 fe ff 0a 41'
expect_output '0001feff0a41' ipctl sysv-shm read 0x2a --length 6 --encode hex
expect_output 'AAH+/wpB' ipctl sysv-shm read 0x2a --length 6 --encode base64
expect_output '\x00\x01\xfe\xff\nA' ipctl sysv-shm read 0x2a --length 6 --encode quoted
expect_output '' ipctl sysv-shm write 0x2a --offset 8 --decode base64 AAH+/wpB
expect_output '' ipctl sysv-shm write 0x2a --offset 16 --decode quoted '\x00\x01\xfe\xff\nA'
for offset in 0 8 16; do
    expect_output 'segment 0001feff0a41' sh -c "sysv-shm-get $id $offset 6 | od -An -v -tx1 | tr -d ' ' | sed 's/^/segment /'"
done
expect_output '00000010  00 01 fe ff 0a 41 00 00                           |.....A..|
00000018' ipctl sysv-shm read 0x2a --offset 16 --length 8 --encode hexdump
for codec in hex base64 quoted; do
    ipctl sysv-shm read 0x2a --encode $codec --length 24 >text
    sysv-shm-get "$id" 0 24 >bytes
    expect_output '' ipctl sysv-shm write 0x2a --offset 4 --decode $codec -f text
    sysv-shm-get "$id" 4 24 | cmp - bytes || fail "$codec: not the same"
done
sysv-shm-put "$id" 0 untouched
for pair in hex:0 hex:zz 'base64:A*==' 'quoted:\x0'; do
    expect_status 1 ipctl sysv-shm write 0x2a --decode "${pair%%:*}" "${pair#*:}"
    [ -s "$err" ] || fail "says nothing"
    expect_output untouched sysv-shm-get "$id" 0 9
done
expect_status 2 ipctl sysv-shm read 0x2a --encode rot13
expect_status 2 ipctl sysv-shm write 0x2a --decode hexdump 00
ipctl sysv-shm rm 0x2a
