#!/bin/sh
# sem run: CMD has the standard input, output and errors of ipctl, its directory, and its arguments exactly.
# shellcheck disable=SC2016  # literally
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 512)' >all
ipctl sem run /s -- cat <all >got
cmp all got
expect_output 'two' ipctl sem run /s -- sh -c 'echo one >&2; echo two'
[ "$(cat "$err")" = one ] || fail "errors: $(cat "$err")"
# What CMD does not read is left for the next.
expect_output 'b' sh -c 'printf "a\nb\n" | { ipctl sem run /s -- true; read -r _; cat; }'
mkdir here
expect_output "$tmp/here" sh -c 'cd here && exec ipctl sem run /s -- pwd'

set -- '' ' two  words ' '*' '$(touch x)' "quo'te" '"' '\' '--' '-n' '-J' "$(printf 'a\nb')" "$(printf '\377')" --help
printf '<%s>\n' "$@" >want
ipctl sem run /s -- printf '<%s>\n' "$@" >got
cmp want got
[ ! -e x ] || fail "an argument was run as a command"
printf 'printf "<%%s>\\n" "$@"\n' >script
chmod +x script
ipctl sem run /s -- ./script "$@" >got
cmp want got
expect_output 1 sem-op /s value
ipctl sem rm /s
