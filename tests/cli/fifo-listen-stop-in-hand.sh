#!/bin/sh
# a signal while a command runs: its message is done, and no other is taken
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'one\ntwo\n' >&3
# shellcheck disable=SC2016  # for the inner shell
background ipctl fifo listen fifo -- sh -c 'read -r line; echo "$line" >started; until [ -e go ]; do sleep 0.02; done; echo "$line" >>log'
wait_until test -s started
kill -TERM "$bg"
: >go
status=0
wait "$bg" || status=$?
[ "$status $(cat log)" = '143 one' ] || fail "status $status: $(cat log)"
expect_output two ipctl fifo recv -n fifo
