#!/bin/sh
# sysv-sem run: CMD has ipctl's standard input, output, errors and directory, its arguments exactly, its signals, and no descriptors more.
# shellcheck disable=SC2016  # literally
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 512)' >all
ipctl sysv-sem run "$id" -- cat <all >got
cmp all got
expect_output two ipctl sysv-sem run "$id" -- sh -c 'echo one >&2; echo two'
[ "$(cat "$err")" = one ] || fail "errors: $(cat "$err")"
expect_output b sh -c "printf 'a\nb\n' | { ipctl sysv-sem run $id -- true; read -r _; cat; }"
mkdir here
expect_output "$tmp/here" sh -c "cd here && exec ipctl sysv-sem run $id -- pwd"
set -- '' ' two  words ' '*' '$(touch x)' "quo'te" '"' '\' '--' '-n' '-J' "$(printf 'a\nb')" "$(printf '\377')" --help
printf '<%s>\n' "$@" >want
ipctl sysv-sem run "$id" -- printf '<%s>\n' "$@" >got
cmp want got
ipctl sysv-sem op "$id" 0:-1u -- printf '<%s>\n' "$@" >got
cmp want got
[ ! -e x ] || fail "an argument was run as a command"
expect_output "$(python3 -c 'import os; print(sorted(os.listdir("/proc/self/fd")))')" \
    ipctl sysv-sem run "$id" -- python3 -c 'import os; print(sorted(os.listdir("/proc/self/fd")))'
signals='awk "/SigIgn|SigBlk|SigPnd/" /proc/self/status'
expect_output "$(sh -c "$signals")" ipctl sysv-sem run "$id" -- sh -c "$signals"
expect_output "$(env --ignore-signal=HUP --ignore-signal=TERM sh -c "$signals")" \
    env --ignore-signal=HUP --ignore-signal=TERM ipctl sysv-sem run "$id" -- sh -c "$signals"
# Also once it has waited, with whatever it does meanwhile to be woken.
ipctl sysv-sem wait "$id"
background sh -c "exec ipctl sysv-sem run -w 60 $id -- sh -c '$signals' >got"
wait_until sh -c "sysv-sem-get $id | grep -q '^0 1 '"
ipctl sysv-sem post "$id"
wait "$bg" || fail "status $?"
expect_output "$(env --ignore-signal=INT --ignore-signal=QUIT sh -c "$signals" | grep -v SigIgn)" grep -v SigIgn got
ipctl sysv-sem rm "$id"
