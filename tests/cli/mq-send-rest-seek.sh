#!/bin/sh
# mq send that ends early gives what it read and did not send back to an input that can seek: the next reader finds it.
. "$(dirname "$0")/lib.sh"

mq-make /q 2 8
printf '1\n2\n3\n4\n' >lines
rest() {
    wanted=$1
    shift
    status=0
    { "$@" 2>"$err" || status=$?; cat >rest; } <input
    [ $status = "$wanted" ] || fail "status $status, not $wanted: $(cat "$err")"
    mq-recv -n /q 9 | cut -d' ' -f3 | xargs >sent
}

cp lines input
rest 3 ipctl mq send -n -l /q
[ "$(cat sent rest | xargs)" = '1 2 3 4' ] || fail "sent $(cat sent), rest $(cat rest)"
[ "$(cat sent)" = '1 2' ] || fail "sent $(cat sent)"
rest 124 ipctl mq send -w 50ms -l /q
[ "$(cat rest)" = '3
4' ] || fail "rest $(cat rest)"
printf '1\n123456789\n3\n' >input
rest 1 ipctl mq send -l /q
[ "$(cat rest)" = '123456789
3' ] || fail "rest $(cat rest)"
printf '41\nxx\n43\n' >input
rest 1 ipctl mq send -l --decode hex /q
[ "$(cat rest)" = 'xx
43' ] || fail "rest $(cat rest)"
seq 10 29 | tr '\n' '\0' >input
rest 3 ipctl mq send -n -0 /q
[ "$(tr '\0' ' ' <rest)" = "$(seq -s' ' 12 29) " ] || fail "rest $(tr '\0' ' ' <rest)"
[ ! -e "$XDG_STATE_HOME" ] || fail "saved what was given back"
ipctl mq rm /q
