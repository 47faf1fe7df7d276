#!/bin/sh
# shm read --encode hexdump is what hexdump -C prints: offsets of the object, bytes, text, and '*' for lines that repeat.
. "$(dirname "$0")/lib.sh"

shm-make /small 24
shm-put /small 0 'hello, world'
shm-put /small 20 end.
expect_output '00000000  68 65 6c 6c 6f 2c 20 77  6f 72 6c 64 00 00 00 00  |hello, world....|
00000010  00 00 00 00 65 6e 64 2e                           |....end.|
00000018' ipctl shm read --encode hexdump /small
expect_output '00000010  00 00 00 00 65 6e 64 2e                           |....end.|
00000018' ipctl shm read --encode hexdump --offset 16 /small

command -v hexdump >/dev/null || skip "the rest needs hexdump (bsdextrautils)"
python3 -c 'import sys; sys.stdout.buffer.write(
bytes(range(256)) + bytes(100000) + b"x" * 33 + bytes(200) + "zwölf \x1b[31m".encode())' >data
ipctl shm create /here -f data
for range in '0 100549' '0 1' '0 16' '0 17' '256 100000' '3 40' '250 65536' '100000 500' '65535 2' '0 0'; do
    offset=${range% *}
    length=${range#* }
    [ $((offset + length)) -le "$(stat -c %s data)" ] || length=$(($(stat -c %s data) - offset))
    LC_ALL=C hexdump -C -s "$offset" -n "$length" data >wanted
    ipctl shm read --encode hexdump --offset "$offset" --length "$length" /here >got
    [ "$length" = 0 ] || cmp wanted got || fail "offset $offset, length $length: $(diff wanted got | head)"
done
ipctl shm rm /small /here
