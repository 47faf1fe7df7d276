#!/bin/sh
# includes go down only: os <- ipc <- io <- cli <- commands <- main; src knows nothing of commands, commands not of each other
# no-namespace
. "$(dirname "$0")/lib.sh"
cd "$top"

# The floor of a file, or of what it includes, as a number; what is not ours has none.
floor() {
    case $1 in
    src/os/* | os/*) echo 1 ;;
    src/ipc/* | ipc/*) echo 2 ;;
    src/io/* | io/*) echo 3 ;;
    src/cli/* | cli/*) echo 4 ;;
    commands/*) echo 5 ;;
    src/main.cpp) echo 6 ;;
    *) fail "$1 is on no floor" ;;
    esac
}

find src commands -name '*.[ch]pp' | sort >"$tmp/files"
grep -q '^src/os/' "$tmp/files"
grep -q '^commands/' "$tmp/files"
grep -Hn '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' -r src commands --include='*.[ch]pp' |
    sed 's/^\([^:]*\):\([0-9]*\):[^"]*"\([^"]*\)".*/\1 \2 \3/' >"$tmp/includes"
test -s "$tmp/includes"
: >"$tmp/wrong"
while read -r file; do floor "$file" >/dev/null; done <"$tmp/files"
while read -r file line included; do
    here=$(floor "$file")
    there=$(floor "$included")
    if [ "$there" -gt "$here" ]; then echo "$file:$line: $included is above" >>"$tmp/wrong"; fi
    # What commands share is in src; only the list of them is known outside.
    if [ "$there" = 5 ] && [ "$included" != commands/index.hpp ]; then
        echo "$file:$line: $included is a command" >>"$tmp/wrong"
    fi
done <"$tmp/includes"
if [ -s "$tmp/wrong" ]; then
    cat "$tmp/wrong" >&2
    fail "includes that go up"
fi
