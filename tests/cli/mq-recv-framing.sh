#!/bin/sh
# mq recv -l, -0, -d, --length-prefix and -N: what stands between messages, for data, formats and JSON alike.
# shellcheck disable=SC2059  # formats on purpose
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
framed() {
    wanted=$1
    shift
    mq-send /q 0 a '' bc
    ipctl mq recv -a "$@" /q >got
    printf "$wanted" >expected
    cmp expected got || fail "$*: $(od -c got)"
}
framed 'a\n\nbc\n'
framed 'a\n\nbc\n' -l
framed 'a\n\nbc\n' --lines
framed 'a\0\0bc\0' -0
framed 'a\0\0bc\0' --null
framed 'a, , bc, ' -d ', '
framed 'a\n--\n\n--\nbc\n--\n' --delimiter='\n--\n'
framed 'abc' -N
framed 'abc' --no-newline
framed '\001\0\0\0a\0\0\0\0\002\0\0\0bc' --length-prefix
framed '61||||6263||' -d '||' --encode hex
framed '<a>\0<>\0<bc>\0' -0 -F '<%s>'
framed '\003\0\0\0<a>\002\0\0\0<>\004\0\0\0<bc>' --length-prefix -F '<%s>'
expect_status 2 ipctl mq recv -N -0 /q
expect_error no-newline
expect_status 2 ipctl mq recv -d '' /q
expect_error delimiter
ipctl mq rm /q
