#!/bin/sh
# pipe recv with each framing: a message ends where its mark is, takes no byte more, and is written with the same mark
. "$(dirname "$0")/lib.sh"

# one INPUT WANTED REST OPTION...: of INPUT, what is received, and what the next program gets; as printf(1) formats.
one() {
    input=$1
    # shellcheck disable=SC2059  # formats
    printf "$2" >wanted
    # shellcheck disable=SC2059
    printf "$3" >wanted-rest
    shift 3
    # shellcheck disable=SC2059
    printf "$input" | { ipctl pipe recv fd:0 "$@" >got; cat >rest; }
    cmp wanted got || fail "$*: received"
    cmp wanted-rest rest || fail "$*: left"
}
one 'a\nb\nc' 'a\n' 'b\nc' -l
one 'a\nb\nc' 'a' 'b\nc' -N
one '\nb' '\n' 'b'
one 'a\nb\0c\0d' 'a\nb\0' 'c\0d' -0
one 'a; b;c; d' 'a; ' 'b;c; d' -d '; '
one 'a;;;b' 'a;;' ';b' -d ';;'
one 'baab' 'baa' 'b' -d 'aa'
one 'x\nb' 'x\n' 'b' -d '\n'
one '\2\0\0\0a\n\0\0\0\0b' '\2\0\0\0a\n' '\0\0\0\0b' --length-prefix
one '\0\0\0\0\1\0\0\0b' '\0\0\0\0' '\1\0\0\0b' --length-prefix
one '\0\0\0\0\1\0\0\0bc' '\0\0\0\0\1\0\0\0b' 'c' --length-prefix -c 2
one 'abc' 'abc' '' -l -N
expect_status 2 ipctl pipe recv fd:0 -d ''
expect_status 2 ipctl pipe recv fd:0 --max-size 0
