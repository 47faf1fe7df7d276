#!/bin/sh
# mq recv -F: each conversion and each escape; an unknown one is refused before anything is taken.
# shellcheck disable=SC1003,SC2059  # a backslash, formats on purpose
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
formatted() {
    printf -- "$3" | mq-send /q 7
    ipctl mq recv -N -F "$2" /q >got
    printf -- "$1" >expected
    cmp expected got || fail "-F $2: $(od -c got)"
}
formatted 'a\0b\n' %s 'a\0b\n'
formatted '6100ff0a' %x 'a\0\377\n'
formatted 'YQD/' %B 'a\0\377'
formatted '3' %l 'a\0b'
formatted '0' %l ''
formatted '/q' %n x
formatted '7' %p x
formatted '1' %c x
formatted '- -' '%P %u' x
formatted '%%' %% x
formatted '' '' x
formatted 'text' text x
formatted '[x]\t\n\r\033\0\\A' '[%s]\t\n\r\e\0\\\x41' x
formatted 'x%%s' '%s%%s' x
formatted 'ü€' 'ü%s' '€'

mq-send /q 0 1 2 3
expect_output '1:1
2:2
3:3' ipctl mq recv -c 3 --format=%c:%s /q
mq-send /q 0 kept
for wrong in %z % 'a%' '\q' '\x4' '\'; do
    expect_status 2 ipctl mq recv -F "$wrong" /q
    expect_error format
done
expect_output '0 4 kept' mq-recv -n /q
ipctl mq rm /q
