#!/bin/sh
# signal listen -- CMD: its environment tells all that came with a signal, none is blocked in it, and those that come meanwhile wait
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

mkfifo ready
background sh -c 'exec ipctl signal listen -c 4 --ready-fd 3 RTMIN TERM -- sh -c "
    env | grep ^IPCTL_ | sort | xargs; grep SigBlk /proc/self/status; cat; echo; until [ -e go ]; do sleep 0.02; done" > got' 3<> ready
read -r _ < ready
sender=$(signal-send queue "$bg" 34 7)
wait_until grep -q RTMIN$ got
signal-send queue "$bg" 34 8 9 > /dev/null
signal-send kill "$bg" 15 > /dev/null
touch go
wait "$bg" || fail "status $?"
grep -q "IPCTL_CODE=queue IPCTL_FD= IPCTL_IN_DOUBT= IPCTL_LENGTH=5 IPCTL_LOST= IPCTL_MECHANISM=signal IPCTL_NAME=RTMIN IPCTL_NUMBER=34 \
IPCTL_OVERRUN= IPCTL_PRIORITY= IPCTL_SENDER_COMMAND=[a-z-]* IPCTL_SENDER_PID=$sender IPCTL_SENDER_UID=$(id -u) IPCTL_SEQ=1 \
IPCTL_SIGNAL=RTMIN IPCTL_SI_CODE=-1 IPCTL_STATUS= IPCTL_TIMER= IPCTL_TYPE= IPCTL_VALUE=7" got || fail "$(cat got)"
[ "$(grep -o 'IPCTL_VALUE=[0-9]*' got | xargs)" = 'IPCTL_VALUE=7 IPCTL_VALUE= IPCTL_VALUE=8 IPCTL_VALUE=9' ] || fail "$(cat got)"
[ "$(grep -c '^SigBlk:.0000000000000000$' got)" = 4 ] || fail "blocked: $(cat got)"
