#!/bin/sh
# mq send -0: messages end with a NUL byte and may hold newlines, as find -print0 writes them.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
printf 'a\nb\0\0c\n\0last' | ipctl mq send -0 /q
printf '0 3 a\nb\n0 0 \n0 2 c\n\n0 4 last\n' >expected
mq-recv /q 4 >got
cmp expected got
mkdir dir
touch dir/x 'dir/new
line'
find dir -type f -print0 | sort -z | ipctl mq send --null /q
ipctl mq recv -0 -a /q | xargs -0 rm
rmdir dir || fail "not the names that find gave"
expect_status 3 mq-recv -n /q
ipctl mq rm /q
