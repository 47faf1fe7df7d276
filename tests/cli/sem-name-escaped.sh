#!/bin/sh
# sem names with control characters reach a terminal escaped: in tables, blocks, errors, notes and -v, never as they are.
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

check 4 ipctl sem wait "$name"
check 4 ipctl sem rm "$name"
check 4 ipctl sem run "$name" -- true
check 2 ipctl sem stat "$name/"
check 2 ipctl sem init "$name"
check 4 ipctl sem post "shm:$name+8"
check 4 ipctl sem init "file:$name+8"
check 2 ipctl sem init "file:$name+3"
ipctl sem create "$name" --value 2147483646
check 5 ipctl sem create "$name"
check 5 ipctl sem create --if-missing -m 0777 "$name"
check 0 ipctl sem ls
check 0 ipctl sem ls --raw
check 0 ipctl sem ls --noheadings -o name,mode
check 0 ipctl sem stat "$name"
check 0 ipctl sem stat --raw "$name"
check 0 ipctl sem post -v "$name"
check 1 ipctl sem post -c 2 "$name"
check 123 ipctl sem listen "$name" -- false
rm /dev/shm/*z
