#!/bin/sh
# listen -- CMD: one command for each message, one after the other, its data on standard input
. "$(dirname "$0")/lib.sh"

mkfifo fifo
# shellcheck disable=SC2016  # for the inner shell
background ipctl fifo listen -c 3 fifo -- sh -c 'printf "[%s]" "$(cat)" >>log'
printf 'a b\n\n$(echo no)\n' >fifo
wait "$bg"
[ "$(cat log)" = '[a b][][$(echo no)]' ] || fail "$(cat log)"
background ipctl fifo listen -c 1 -F '%c:%s' fifo -- cat >got
echo x >fifo
wait "$bg"
[ "$(cat got)" = 1:x ]
