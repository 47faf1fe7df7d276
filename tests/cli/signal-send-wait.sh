#!/bin/sh
# signal send --wait: the end of a process that is no child, and its status; --pass-status; a zombie; the time is up
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

# Each runs in a shell that waits for it: ipctl is not its parent.
child() {
    rm -f pid go
    background sh -c 'sh -c "echo \$\$ > pid.new; mv pid.new pid; until [ -e go ]; do sleep 0.02; done; $1" || :' sh "$1"
    wait_until test -e pid
    pid=$(cat pid)
}
known=yes
case $(uname -r) in
[1-5].* | 6.[0-9].* | 6.1[0-4].*) known= ;;
esac
wait_for_end() {
    expected=$1
    shift
    ipctl signal send "$pid" 0 --wait "$@" > told &
    waiter=$!
    wait_until sh -c "grep -q 'Z\|S' /proc/$waiter/stat"
    touch go
    status=0
    wait "$waiter" || status=$?
    if [ "$known" ]; then
        [ "$(cat told)" = "$pid: $expected" ] || fail "$(cat told), not $expected"
    fi
}
child 'exit 42'
wait_for_end 'exited with status 42'
[ "$status" = 0 ] || fail "status $status"
child 'exit 0'
wait_for_end 'exited with status 0' --pass-status
[ "$status" = 0 ] || [ ! "$known" ] || fail "status $status"
child 'exit 7'
wait_for_end 'exited with status 7' --pass-status
[ "$status" = 7 ] || [ ! "$known" ] || fail "status $status"
child 'kill -HUP $$'
wait_for_end 'ended by signal HUP' --pass-status
[ "$status" = 129 ] || [ ! "$known" ] || fail "status $status"
child :
expect_status 124 ipctl signal send "$pid" 0 --wait -w 50ms
expect_error "$pid: has not ended in the time given"
expect_status 124 ipctl signal send "$pid" CONT --wait -w 0
expect_status 0 ipctl signal send "$pid" KILL --wait -J
if [ "$known" ]; then grep -q '"signal":"KILL","number":9,"ended":true,"status":null,"ended_by":"KILL"}],"errors":\[\]}' "$out" || fail_command "JSON"; fi
# One that its parent has not waited for.
mkfifo talk
signal-zombie 5 < talk > zombie &
parent=$!
exec 5> talk
wait_until test -s zombie
read -r pid < zombie
expect_status 4 ipctl signal send "$pid" TERM
expect_error "$pid: has ended; its parent ($parent signal-zombie) has not waited for it yet"
expect_output "$pid: exited with status 5" ipctl signal send "$pid" 0 --wait
echo >&5
wait_until grep -q reaped zombie
expect_status 4 ipctl signal send "$pid" 0 --wait
echo >&5
wait "$parent"
exec 5>&-
