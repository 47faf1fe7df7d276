#!/bin/sh
# signal send: traps of bash, dash and zsh run, and ipctl tells what they catch and ignore
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

for shell in bash dash zsh; do
    command -v $shell > "$out" || skip "$shell is not installed"
    background $shell -c 'trap "echo usr1" USR1; trap "echo term; exit 9" TERM; trap "" HUP; echo ready; while :; do sleep 0.02; done' > got
    wait_until grep -qx ready got
    ipctl signal stat "$bg" -o caught --noheadings | grep -q 'USR1.*TERM' || fail "$shell: caught"
    ipctl signal stat "$bg" -o ignored --noheadings | grep -q HUP || fail "$shell: ignored"
    ipctl signal send "$bg" HUP
    ipctl signal send "$bg" USR1 --if-handled
    wait_until grep -qx usr1 got
    expect_status 0 ipctl signal send "$bg" TERM
    status=0
    wait "$bg" || status=$?
    [ "$status" = 9 ] && grep -qx term got || fail "$shell: status $status, $(cat got)"
done
