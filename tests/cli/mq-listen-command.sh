#!/bin/sh
# mq listen -- CMD: runs CMD for each message, one after the other, with the exact bytes on its standard input.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --max-messages 4 --message-size 8K /q
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 32)' >all
mq-send /q 0 <all
ipctl mq listen -c 1 /q -- cat >got
cmp all got
mq-send /q 0 ''
expect_output 0 ipctl mq listen -c 1 /q -- wc -c
mq-send /q 0 1 2 3
expect_output '<1><2><3>' ipctl mq listen -c 3 /q -- sh -c 'printf "<%s>" "$(cat)"'

# CMD need not read its input, and can seek in it.
mq-send /q 0 a b
expect_output 'x
x' ipctl mq listen -c 2 /q -- echo x
mq-send /q 0 again
expect_output againagain ipctl mq listen -c 1 /q -- python3 -c 'import os
text = os.read(0, 99); os.lseek(0, 0, 0); os.write(1, text + os.read(0, 99))'

# With a format, an encoding or -J, that is the input.
mq-send /q 5 text
expect_output '5 text /q' ipctl mq listen -c 1 -F '%p %s %n' /q -- cat
mq-send /q 5 text
expect_output 74657874 ipctl mq listen -c 1 --encode hex /q -- cat
mq-send /q 5 text
expect_output 'text 5' ipctl mq listen -c 1 -J /q -- python3 -c 'import json, sys
m = json.load(sys.stdin); print(m["data"], m["priority"])'
ipctl mq rm /q
