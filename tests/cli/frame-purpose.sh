#!/bin/sh
# the first line of every source file and the first after #! of every script says what it is
# no-namespace
. "$(dirname "$0")/lib.sh"
cd "$top"

# A purpose line is a comment of some words; a unit test may only name its subject.
purpose() {
    first=$(head -n 1 "$1")
    case $first in '#!'*) first=$(sed -n 2p "$1") ;; esac
    case $first in
    '// '*[a-z]*' '*[a-z]* | '# '*[a-z]*' '*[a-z]* | '-- '*[a-z]*' '*[a-z]*) ;;
    '#compdef '* | '# shellcheck '*) ;;
    '// '[A-Za-z]*) case $1 in tests/unit/*) ;; *) echo "$1" >>"$tmp/without" ;; esac ;;
    *) echo "$1" >>"$tmp/without" ;;
    esac
}

: >"$tmp/without"
find src commands tests \( -name '*.[ch]pp' -o -name '*.c' -o -name '*.sh' -o -name '*.py' \) >"$tmp/files"
find tests completions .ci -type f ! -name '*.*' ! -path '*/corpus/*' >>"$tmp/files"
grep -q 'src/main.cpp' "$tmp/files"
while read -r file; do purpose "$file"; done <"$tmp/files"
if [ -s "$tmp/without" ]; then
    cat "$tmp/without" >&2
    fail "files whose first line does not say what they are"
fi
