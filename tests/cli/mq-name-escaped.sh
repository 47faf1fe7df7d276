#!/bin/sh
# mq names with control characters reach a terminal escaped: in tables, blocks, errors, notes and -v, never as they are.
. "$(dirname "$0")/lib.sh"

name=$(printf '/\033]0;owned\007\177\302\233m\r\n\376z')
shown='/\x1b]0;owned\x07\x7f\xc2\x9bm\x0d'
safe() {
    if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177\200-\377]')" "$1"; then
        fail "control characters in the output: $(od -c "$1" | head -20)"
    fi
}
check() {
    expect_status "$@"
    safe "$out"
    safe "$err"
    grep -qF -e "$shown" "$out" "$err" || fail "no escaped name from $*: $(cat "$out" "$err" | od -c | head -20)"
}

check 4 ipctl mq recv "$name"
check 4 ipctl mq rm "$name"
check 2 ipctl mq stat "$name/"
ipctl mq create "$name"
check 5 ipctl mq create "$name"
check 0 ipctl mq ls
check 0 ipctl mq ls --raw
check 0 ipctl mq ls --noheadings -o name,mode
check 0 ipctl mq stat "$name"
check 0 ipctl mq stat --raw "$name"
check 0 ipctl mq send -v "$name" x
check 123 ipctl mq listen "$name" -- false
rm /dev/mqueue/*z
