#!/bin/sh
# signal run --default INT,QUIT: what a script runs in the background can be interrupted; bash then traps it, which it cannot without
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

background ipctl signal run --default INT,QUIT -- sleep 60
wait_until grep -qx sleep "/proc/$bg/comm"
kill -INT "$bg"
wait "$bg" && fail "not ended" || [ $? = 130 ] || fail "another status"
for shell in bash dash zsh; do
    command -v $shell > "$out" || skip "$shell is not installed"
    background ipctl signal run --default INT -- $shell -c 'trap "echo int; exit 4" INT; echo ready; while :; do sleep 0.02; done' > got
    wait_until grep -qx ready got
    kill -INT "$bg"
    status=0
    wait "$bg" || status=$?
    [ "$status" = 4 ] && grep -qx int got || fail "$shell: status $status"
done
background sh -c 'exec bash -c "trap \"echo int\" INT; echo ready; until [ -e end ]; do sleep 0.02; done" > got'
wait_until grep -qx ready got
kill -INT "$bg"
touch end
wait "$bg"
[ "$(cat got)" = ready ] || fail "bash trapped what it had ignored: $(cat got)"
