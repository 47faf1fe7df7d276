#!/bin/sh
# Binary messages travel unchanged between ipctl and C in both directions: all 256 byte values, and random ones.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)))' >all
cat all all >twice
head -c 8192 /dev/urandom >random
printf '\0' >nul
printf '\n' >newline
ipctl mq create --max-messages 4 --message-size 8K /q
for file in all twice random nul newline; do
    ipctl mq send /q <$file
    mq-recv -r /q >got
    cmp $file got || fail "$file: from ipctl to C"
    ipctl mq send -f $file /q
    mq-recv -r /q >got
    cmp $file got || fail "$file: from ipctl -f to C"
    mq-send /q 0 <$file
    ipctl mq recv -N /q >got
    cmp $file got || fail "$file: from C to ipctl"
    mq-send /q 0 <$file
    ipctl mq listen -c 1 /q -- cat >got
    cmp $file got || fail "$file: from C to a command"
done
ipctl mq rm /q
