#!/bin/sh
# signal recv: what it waits for is taken, be it TERM; another stops it; times; ignored from the start makes no difference
. "$(dirname "$0")/lib.sh"

receives() {
    rm -f ready
    mkfifo ready
    background "$@" 3<> ready
    read -r _ < ready
}
receives sh -c 'exec ipctl signal recv --ready-fd 3 TERM INT HUP > got'
kill -TERM "$bg"
wait "$bg" || fail "status $?"
[ "$(cat got)" = TERM ] || fail "got $(cat got)"
receives sh -c 'exec ipctl signal recv --ready-fd 3 USR1 > got'
kill -TERM "$bg"
wait "$bg" && fail "not stopped" || [ $? = 143 ] || fail "another status"
[ ! -s got ] || fail "got $(cat got)"
# A background job ignores INT, and nohup(1) HUP.
receives nohup sh -c 'exec ipctl signal recv -c 2 --ready-fd 3 INT HUP > got'
kill -INT "$bg"
kill -HUP "$bg"
wait "$bg" || fail "status $?"
[ "$(sort got)" = 'HUP
INT' ] || fail "got $(cat got)"
expect_status 3 ipctl signal recv -n USR1
expect_status 3 ipctl signal recv -a USR1
expect_status 124 ipctl signal recv -w 20ms USR1
expect_status 124 ipctl signal recv -v -w 20ms USR1 TERM
expect_error 'sigprocmask(SIG_BLOCK, ?USR1 TERM?) = 0'
expect_error 'signalfd(-1, ?USR1 TERM?, SFD_CLOEXEC|SFD_NONBLOCK) = '
