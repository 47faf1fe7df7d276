#!/bin/sh
# sysv-sem listen stopped by a signal lets CMD end, with one in hand or several; what CMD did not get is not taken.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 5)
for jobs in 1 3; do
    rm -f started-* ended-* go
    ipctl sysv-sem set "$id" --value 5
    background env --default-signal ipctl sysv-sem listen -j $jobs "$id" -- sh -c 'echo >started-$IPCTL_SEQ; until [ -e go ]; do sleep 0.02; done; echo >ended-$IPCTL_SEQ'
    wait_until sh -c "[ \$(ls started-* | wc -l) = $jobs ]"
    kill "$bg"
    wait_until grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$bg/status"
    touch go
    status=0
    wait "$bg" || status=$?
    [ $status = 143 ] || fail "status $status"
    [ "$(ls started-*)" = "$(ls ended-* | sed 's/ended/started/')" ] || fail "$(ls)"
    expect_output $((5 - $(ls ended-* | wc -l))) sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
done
ipctl sysv-sem rm "$id"
