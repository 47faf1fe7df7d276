#!/bin/sh
# mq names may have any byte but NUL and slash: every verb works on them, and C sees the same queue.
# shellcheck disable=SC1003,SC2016  # a backslash, for another shell, or literally
. "$(dirname "$0")/lib.sh"

escape=$(printf '\033[31mred')
latin=$(printf 'caf\351')
newline=$(printf 'a\nb')
bytes=$(printf '\001\177\200\376\377')
for name in 'two words' " lead" 'trail ' "quo'te" '$(touch x)' '*' '~' '"' '\' '%s' '-x' ... 'ü' \
    "$escape" "$latin" "$newline" "$bytes"; do
    expect_status 0 ipctl mq create -- "/$name"
    [ -e "/dev/mqueue/$name" ] || fail "/$name is not there"
    mq-send "/$name" 5 from-c
    expect_status 0 ipctl mq send -p 4 "/$name" from-ipctl
    expect_output "/$name from-c" ipctl mq recv -F '%n %s' "/$name"
    expect_output '4 10 from-ipctl' mq-recv -n "/$name"
    expect_output 0 ipctl mq stat -o messages --noheadings "/$name"
    mq-send "/$name" 0 x
    expect_output "/$name" ipctl mq listen -c 1 "/$name" -- sh -c 'printf %s "$IPCTL_NAME"'
    expect_output '' ipctl mq rm "/$name"
    [ ! -e "/dev/mqueue/$name" ] || fail "/$name is still there"
done
[ ! -e x ] || fail "a name was run as a command"
