#!/bin/sh
# mq recv --encode: hex, base64 and quoted, which mq send --decode turns back into the same bytes.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)))' >all
printf 'a\\b\n\tü\033\302\233\377' >text
encoded() {
    mq-send /q 0 <text
    expect_output "$1" ipctl mq recv --encode "$2" /q
}
encoded 615c620a09c3bc1bc29bff hex
encoded YVxiCgnDvBvCm/8= base64
encoded 'a\\b\n\tü\x1b\xc2\x9b\xff' quoted
for codec in hex base64 quoted raw; do
    for file in all text /dev/null; do
        mq-send /q 0 <$file
        ipctl mq recv -N --encode=$codec /q >encoded
        ipctl mq send --decode=$codec /q <encoded
        mq-recv -r /q >got
        cmp $file got || fail "$codec: $file"
    done
done
mq-send /q 0 <all
[ "$(ipctl mq recv --encode hex /q)" = "$(od -An -v -tx1 all | tr -d ' \n')" ] || fail "not what od prints"
mq-send /q 0 <all
ipctl mq recv --encode base64 /q | base64 -d | cmp - all
expect_status 2 ipctl mq recv --encode rot13 /q
expect_error rot13
ipctl mq rm /q
