#!/bin/sh
# pipe run: a part that is killed is the end of input or of readers for the others; ipctl killed itself leaves nothing that hangs
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

tab=$(printf '\t')
# ipctl and its three parts.
four_below() {
    first=$(cat "/proc/$1/task/$1/children")
    first=${first% }
    echo "$first $(cat "/proc/$first/task/$first/children")" >pid
    [ "$(wc -w <pid)" = 4 ]
}
run() {
    victim=$1
    rm -f pid
    background orphans ipctl pipe run --status=status --tee copy -- sh -c 'exec yes' ::: sh -c 'exec cat' ::: sh -c 'exec cat >/dev/null'
    wait_until four_below "$bg"
    # shellcheck disable=SC2046  # words
    set -- $(cat pid)
    shift "$victim"
    wait_until sh -c "[ \"\$(cat /proc/$1/comm)\" != sh ]"
    kill -KILL "$1"
    status=0
    wait "$bg" || status=$?
}
pipe="141${tab}PIPE"
kill="137${tab}KILL"
run 1
[ $status = 0 ] || fail "status $status"
expect_output "1${tab}sh${tab}$kill
2${tab}sh${tab}0${tab}-
3${tab}sh${tab}0${tab}-" cat status
run 2
[ $status = 0 ] || fail "status $status"
expect_output "1${tab}sh${tab}$pipe
2${tab}sh${tab}$kill
3${tab}sh${tab}0${tab}-" cat status
run 3
[ $status = 137 ] || fail "status $status"
expect_output "1${tab}sh${tab}$pipe
2${tab}sh${tab}$pipe
3${tab}sh${tab}$kill" cat status

# ipctl itself, while it copies: the parts see the end of their pipes.
background sh -c 'ipctl pipe run --tee copy -- sh -c "echo \$PPID >ipctl; yes; echo ended \$? >one" ::: sh -c "cat >/dev/null; echo ended >two" || :'
wait_until test -s ipctl -a -s copy
kill -KILL "$(cat ipctl)"
wait_until test -s one -a -s two
expect_output 'ended 141' cat one
wait "$bg"
