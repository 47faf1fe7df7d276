#!/bin/sh
# sem run of a CMD that ignores the signal goes on until CMD ends, with CMD's status; under nohup both ignore it.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
background env --default-signal ipctl sem run /s -- \
    sh -c 'trap "" TERM INT; touch ready; until [ -e go ]; do sleep 0.02; done; exit 3'
wait_until test -e ready
for signal in TERM INT TERM INT TERM; do
    kill -$signal "$bg"
    wait_until grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$bg/status"
done
[ -e "/proc/$bg/fd" ] || fail "ended before its command"
expect_output 0 sem-op /s value
touch go
status=0
wait "$bg" || status=$?
[ $status = 3 ] || fail "status $status"
expect_output 1 sem-op /s value

rm ready go
background env --default-signal --ignore-signal=HUP ipctl sem run /s -- \
    sh -c 'touch ready; until [ -e go ]; do sleep 0.02; done; grep SigIgn /proc/self/status >ignored'
wait_until test -e ready
kill -HUP "$bg"
kill -HUP "$bg"
[ "$(sem-op /s value)" = 0 ] || fail "ended"
touch go
wait "$bg" || fail "status $?"
[ $((0x$(awk '{ print $2 }' ignored) & 1)) = 1 ] || fail "CMD does not ignore SIGHUP: $(cat ignored)"
expect_output 1 sem-op /s value
# CMD's signals are as without ipctl: ignored those that were, none blocked. (posix_spawn(3) ignores 32 and 33, its own.)
signals='awk "/SigIgn|SigBlk/ { print substr(\$2, 10) }" /proc/self/status'
expect_output "$(sh -c "$signals")" ipctl sem run /s -- sh -c "$signals"
ipctl sem rm /s
