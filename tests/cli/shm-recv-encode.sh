#!/bin/sh
# shm read --encode hex, base64 and quoted: one line that the usual programs, and write --decode, turn back into the bytes.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 700 + "zwölf €\n".encode() + b"\xff\0")' >data
ipctl shm create /here -f data
ipctl shm create /back -f data
python3 -c 'import base64
data = open("data", "rb").read()
open("wanted.hex", "w").write(data.hex() + "\n")
open("wanted.base64", "w").write(base64.b64encode(data).decode() + "\n")'
for codec in hex base64; do
    ipctl shm read --encode $codec /here | cmp - wanted.$codec || fail "$codec"
done
ipctl shm read --encode raw /here | cmp - data
ipctl shm read --encode hex /here | xxd -r -p | cmp - data
ipctl shm read --encode base64 -N /here | base64 -d | cmp - data
for codec in hex base64 quoted; do
    python3 -c 'open("/dev/shm/back", "r+b").write(bytes(179213))'
    ipctl shm read --encode $codec /here >text
    expect_output 1 sh -c 'wc -l <text'
    # Quoted, a newline is data.
    ipctl shm read -N --encode $codec /here >text
    expect_output '' ipctl shm write --decode $codec /back -f text
    cmp /dev/shm/back data || fail "$codec is not turned back"
done
shm-make /small 8
ipctl shm write /small --decode quoted 'a\n\x00\xff\\"'
expect_output 'a\n\x00\xff\\"' ipctl shm read --encode quoted --length 6 /small
expect_output 61:0a sh -c 'for i in 0 1; do ipctl shm read -N --encode hex --offset $i --length 1 /small; done | sed "s/../&:/"'
expect_output '' ipctl shm read --encode hex --length 0 /small
expect_status 2 ipctl shm read --encode nosuch /small
expect_error hexdump
ipctl shm rm /here /back /small
