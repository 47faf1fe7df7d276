#!/bin/sh
# mq send -d STR: messages end with STR, of one byte or more, with escapes; an empty STR is refused.
# shellcheck disable=SC1003,SC2059  # a backslash, formats on purpose
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
sent_as() {
    wanted=$1
    delimiter=$2
    shift 2
    printf "$1" | ipctl mq send -d "$delimiter" /q
    ipctl mq recv -a -F '[%s]' -N /q >got
    printf "$wanted" >expected
    cmp expected got || fail "-d $delimiter: $(od -c got)"
}

sent_as '[a][b][c]' , 'a,b,c'
sent_as '[a][][b]' , 'a,,b,'
sent_as '[a][b\n]' ' -- ' 'a -- b\n'
sent_as '[ab][a][c]' aab 'abaabaaabc'
sent_as '[a][b]' '\x01\n' 'a\001\nb\001\n'
sent_as '[a\0b][c]' '\0\0' 'a\0b\0\0c'
sent_as '[x][y]' '\t' 'x\ty'
sent_as '[x][y]' '\\' 'x\\y'
expect_status 2 ipctl mq send -d '' /q
expect_error delimiter
expect_status 2 ipctl mq send -d '\q' /q
expect_error delimiter
expect_status 2 ipctl mq send -d '\x4' /q
expect_error delimiter
ipctl mq rm /q
