#!/bin/sh
# shm names with control characters reach a terminal escaped: in tables, blocks, errors, notes and -v, never as they are.
. "$(dirname "$0")/lib.sh"

name=$(printf '/\033]0;owned\007\177\302\233m\r\n\376z')
shown='\x1b]0;owned\x07\x7f\xc2\x9bm\x0d'
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

check 4 ipctl shm recv "$name"
check 4 ipctl shm rm "$name"
check 4 ipctl shm resize "$name" 0
check 2 ipctl shm stat "$name/"
check 0 ipctl shm create -v "$name" 10
check 5 ipctl shm create "$name" 10
check 0 ipctl shm ls
check 0 ipctl shm ls --raw
check 0 ipctl shm stat "$name"
check 0 ipctl shm send -v "$name" x
check 1 ipctl shm send "$name" 'more than ten bytes'
check 1 ipctl shm recv --length 11 "$name"
check 5 ipctl shm copy "$name" "$name"
check 1 ipctl shm listen --futex 12 "$name"
check 123 ipctl shm listen --interval 1ms "$name" -- false &
listener=$!
while kill -0 $listener 2>/dev/null; do shm-put "$name" 0 "$(date +%N)"; done
wait $listener || fail "listen: see above"
background shm-hold "$name" map unlink >ready
wait_until test -s ready
check 0 ipctl shm ls --deleted
