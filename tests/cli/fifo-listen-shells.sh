#!/bin/sh
# the shells' own redirections are writers like any other
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background ipctl fifo listen fifo >got
count=0
for shell in sh bash dash zsh ksh93 mksh 'busybox sh'; do
    if ! command -v "${shell%% *}" >/dev/null; then continue; fi
    # shellcheck disable=SC2086  # a program and its argument
    $shell -c "echo 'from $shell' >fifo; printf '%s\n' 1 2 >>fifo"
    count=$((count + 3))
    wait_until sh -c "[ \$(wc -l <got) = $count ]"
    [ "$(tail -n 3 got | head -n 1)" = "from $shell" ]
done
