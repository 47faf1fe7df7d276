#!/bin/sh
# sysv-mq: Perl and Python that wait in a queue are woken by ipctl send, and ipctl recv that waits by their send.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
tested=no
for helper in sysv.pl sysv.py; do
    status=0
    "$top/tests/helpers/$helper" stat msg 0x2a >/dev/null || status=$?
    if [ $status = 77 ]; then continue; fi
    tested=yes
    background sh -c "exec '$top/tests/helpers/$helper' mq-recv 0x2a 3 2 >got"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q 'msgrcv: type 3'"
    ipctl sysv-mq send -t 2 0x2a not-this
    ipctl sysv-mq send -t 3 0x2a this that
    wait "$bg" || fail "$helper: status $?"
    expect_output '3 this
3 that' cat got
    expect_output not-this ipctl sysv-mq recv -n 0x2a

    background sh -c "exec ipctl sysv-mq recv -c 2 -t 5 -F '%p %s' 0x2a >got"
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q 'msgrcv: type 5'"
    "$top/tests/helpers/$helper" mq-send 0x2a 4 other
    "$top/tests/helpers/$helper" mq-send 0x2a 5 mine too
    wait "$bg" || fail "ipctl: status $?"
    expect_output '5 mine
5 too' cat got
    expect_output '4 other' sysv-mq-recv "$id" 0 1 nowait
done
ipctl sysv-mq rm "$id"
[ $tested = yes ] || skip "neither Perl's IPC::Msg nor Python's sysv_ipc"
