#!/bin/sh
# signal listen --print-pid: the pid comes first, once nothing is missed any more; kill of bash, dash and zsh reaches it
. "$(dirname "$0")/lib.sh"

background ipctl signal listen --print-pid -c 12 USR1 USR2 TERM INT -F '%s %{code} %{sender_command}' > got
wait_until test -s got
[ "$(head -n 1 got)" = "$bg" ] || fail "another pid: $(cat got)"
wanted=1
for shell in bash dash zsh; do
    command -v $shell > "$out" || skip "$shell is not installed"
    for name in USR1 USR2 TERM INT; do
        $shell -c "kill -$name $bg; until [ \$(wc -l < got) -gt $wanted ]; do sleep 0.02; done"
        wanted=$((wanted + 1))
        [ "$(tail -n 1 got)" = "$name user $shell" ] || fail "$shell -$name: $(tail -n 1 got)"
    done
done
wait "$bg" || fail "status $?"
background ipctl signal listen --print-pid -J -c 1 HUP > got
wait_until test -s got
[ "$(head -n 1 got)" = "{\"mechanism\":\"signal\",\"pid\":$bg}" ] || fail "$(cat got)"
kill -HUP "$bg"
wait "$bg"
tail -n 1 got | grep -q '"seq":1,.*"signal":"HUP","number":1,"code":"user","si_code":0,"value":null,"sender_command":"[a-z]*sh","lost":[a-z]*,' ||
    fail "$(cat got)"
