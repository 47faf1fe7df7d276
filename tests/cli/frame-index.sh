#!/bin/sh
# commands/index.cpp lists every command file, sorted, and ipctl knows each mechanism
. "$(dirname "$0")/lib.sh"
cd "$top"

find commands -name '*.cpp' ! -name index.cpp -printf '%f\n' | sed 's/\.cpp$//' | LC_ALL=C sort >"$tmp/files"
test -s "$tmp/files"
sed -n '/[[:alnum:]_]*_\(mechanism\|command\)[,}]/s/.*[^[:alnum:]_]\([[:alnum:]_]*\)_\(mechanism\|command\)[,}].*/\1/p' commands/index.cpp >"$tmp/listed"
diff "$tmp/files" "$tmp/listed" || fail "commands/index.cpp does not list what is there, sorted"
while read -r command; do
    expect_status 0 ipctl help "$(echo "$command" | tr _ -)"
done <"$tmp/files"
