#!/bin/sh
# mq recv -F %q: one word that a shell reads back as exactly the data, and safe on a terminal.
# shellcheck disable=SC1003,SC2016,SC2059  # a backslash, for another shell, or literally, formats on purpose
. "$(dirname "$0")/lib.sh"

command -v bash >/dev/null || skip "no bash: %q of bytes beyond text needs \$'...'"
ipctl mq create --message-size 1K /q
quoted() {
    printf -- "$1" >data
    mq-send /q 0 <data
    word=$(ipctl mq recv -F %q /q)
    bash -c "printf %s $word" >got
    cmp data got || fail "$word is not $(od -c data)"
    if [ "$2" = utf8 ]; then return; fi
    ! printf %s "$word" | LC_ALL=C grep -q "$(printf '[\001-\037\177\200-\377]')" || fail "control characters: $word"
}
quoted plain -
quoted '' -
quoted 'two words' -
quoted "it's" -
quoted '$(touch x)`touch x`"\\\\' -
quoted '~ * ? [a] {a,b} !x #y' -
quoted 'a\nb\tc\r\033[31m\177\001' -
quoted '\377\376x\200' -
quoted '\0337\0338' -
quoted "-n 'quoted' \\\\ and \n'more'" -
quoted 'ü €' utf8
[ ! -e x ] || fail "ran a command"
mq-send /q 0 plain
expect_output plain ipctl mq recv -F %q /q
ipctl mq rm /q
