#!/bin/sh
# mq send NAME MSG...: each argument is one message, byte for byte, in order; C receives them.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
expect_output '' ipctl mq send /q first 'two words' '' '$(touch x)' '\n%s' "$(printf 'a\nb\n\nc')" -- -dash
expect_output "0 5 first
0 9 two words
0 0 
0 10 \$(touch x)
0 4 \\n%s
0 6 a
b

c
0 5 -dash" mq-recv /q 7
expect_status 3 mq-recv -n /q
[ ! -e x ] || fail "an argument was run"

# Standard input is not read when there are arguments.
echo kept | { ipctl mq send /q x; cat; } >rest
[ "$(cat rest)" = kept ] || fail "standard input was read although there were arguments"
ipctl mq rm /q
