#!/bin/sh
# signal recv CHLD: how a child ended, also where CHLD was ignored from the start; tgkill(2) has its own code
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

# What a shell started stays the child of what the shell becomes; of the two here, one is gone before that.
cat > start <<'S'
sh -c "until [ -e go ]; do sleep 0.02; done; $1" &
(sh -c "until grep -q '^SigBlk.*1....$' /proc/$$/status; do sleep 0.02; done; touch go" &)
exec ipctl signal recv CHLD -F '%s %{code} %{status}'
S
ends() {
    rm -f go
    expect_output "$1" bash start "$2"
}
ends 'CHLD child exited 0' :
ends 'CHLD child exited 3' 'exit 3'
ends 'CHLD child killed 9' 'kill -KILL $$'
background ipctl signal run --ignore CHLD -- ipctl signal recv CHLD -F '%{code}' > got
wait_until sh -c "ipctl signal stat $bg -o blocked --noheadings | grep -q CHLD"
wait_until sh -c "! ipctl signal stat $bg -o ignored --noheadings | grep -q CHLD"
kill -CHLD "$bg"
wait "$bg"
[ "$(cat got)" = user ] || fail "got $(cat got)"
background ipctl signal recv USR1 -F '%{code} %{si_code} %P' > got
wait_until sh -c "ipctl signal stat $bg -o blocked --noheadings | grep -q USR1"
sender=$(signal-send thread "$bg" "$bg" 10)
wait "$bg"
[ "$(cat got)" = "tkill -6 $sender" ] || fail "got $(cat got)"
