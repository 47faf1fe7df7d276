#!/bin/sh
# sysv-sem run and op -- CMD: CMD takes the place of ipctl, in the same process; no process of ipctl stays.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
for verb in "run $id" "run -w 60 $id" "op $id 0:-1u" "op $id 0:-1" ; do
    rm -f pid
    # shellcheck disable=SC2086  # words
    background ipctl sysv-sem $verb -- sh -c 'echo "$$ $PPID" >pid.new; mv pid.new pid; while [ ! -e go ]; do sleep 0.02; done'
    wait_until test -e pid
    [ "$(cat pid)" = "$bg $$" ] || fail "$verb: CMD is $(cat pid), not $bg of $$"
    [ "$(readlink "/proc/$bg/exe")" != "$ipctl" ] || fail "$verb: ipctl is still there"
    expect_output "0 0 0 $bg" sysv-sem-get "$id"
    touch go
    wait "$bg" || fail "$verb: status $?"
    rm go
    [ "$verb" != "op $id 0:-1" ] || sysv-sem-op "$id" 0:+1
    expect_output '1 0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1-3"
done
# Having waited makes no difference.
ipctl sysv-sem wait "$id"
background ipctl sysv-sem run "$id" -- sh -c 'echo $$ >pid.new; mv pid.new pid'
rm -f pid
wait_until sh -c "sysv-sem-get $id | grep -q '^0 1 '"
ipctl sysv-sem post "$id"
wait "$bg" || fail "status $?"
expect_output "$bg" cat pid
ipctl sysv-sem rm "$id"
