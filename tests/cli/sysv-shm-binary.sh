#!/bin/sh
# sysv-shm write and read megabytes of any bytes exactly, from a file and a pipe.
. "$(dirname "$0")/lib.sh"

head -c 3000001 /dev/urandom >bytes
id=$(ipctl sysv-shm create 0x2a --size 3000003)
for way in 'ipctl sysv-shm write 0x2a --offset 1 -f bytes' 'cat bytes | ipctl sysv-shm write 0x2a --offset 1' \
    'cat bytes | ipctl sysv-shm write 0x2a --offset 1 --length 3000001' 'base64 bytes | ipctl sysv-shm write --offset 1 --decode base64 0x2a'; do
    sysv-shm-put "$id" 1000 different
    sysv-shm-put "$id" 3000002 '|'
    expect_output '' sh -c "$way"
    sysv-shm-get "$id" 1 3000001 | cmp - bytes || fail "$way: not the same"
    ipctl sysv-shm read 0x2a --offset 1 --length 3000001 | cmp - bytes || fail "$way: read otherwise"
    expect_output '|' sysv-shm-get "$id" 3000002 1
done
ipctl sysv-shm read 0x2a --offset 1 --length 3000001 >got
cmp got bytes
expect_output '' sh -c 'ipctl sysv-shm read 0x2a --offset 1 --length 3000001 --encode base64 | base64 -d | cmp - bytes'
ipctl sysv-shm read -J --offset 1 --length 3000001 0x2a | python3 -c 'import base64, json, sys
message = json.load(sys.stdin)
assert message["encoding"] == "base64" and base64.b64decode(message["data"]) == open("bytes", "rb").read(), message["encoding"]'
for byte in $(seq 0 255); do printf '%02x' "$byte"; done >all
expect_output '' ipctl sysv-shm write 0x2a --decode hex -f all
expect_output "$(cat all)" ipctl sysv-shm read --length 256 --encode hex 0x2a
# Another seat of the same memory: a copy to itself.
expect_output '' sh -c 'ipctl sysv-shm read 0x2a --length 1000000 | ipctl sysv-shm write 0x2a --offset 2000000 --length 1000000'
expect_output "$(sysv-shm-get "$id" 0 1000000 | cksum)" sh -c "sysv-shm-get $id 2000000 1000000 | cksum"
ipctl sysv-shm rm 0x2a
