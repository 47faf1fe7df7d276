#!/bin/sh
# sysv-sem: as many are taken as were added, by posters and takers of ipctl, C and Perl at once; nobody waits for what is there.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 0x2a)
pids=
for _ in 1 2 3; do
    background sh -c 'for _ in $(seq 30); do ipctl sysv-sem post 0x2a || exit 1; done'
    pids="$pids $bg"
    background sh -c 'for _ in $(seq 15); do ipctl sysv-sem wait -w 60 -c 2 0x2a || exit 1; done'
    pids="$pids $bg"
    background sh -c "for _ in \$(seq 30); do sysv-sem-op $id 0:+1 || exit 1; done"
    pids="$pids $bg"
    background sh -c "for _ in \$(seq 10); do sysv-sem-op $id 0:-3 || exit 1; done"
    pids="$pids $bg"
done
background ipctl sysv-sem listen -c 40 0x2a -- true
pids="$pids $bg"
background sh -c 'for _ in $(seq 20); do ipctl sysv-sem op 0x2a 0:+2 || exit 1; done'
pids="$pids $bg"
for _ in 1 2 3 4; do
    background sh -c 'for _ in $(seq 10); do ipctl sysv-sem run -w 60 0x2a -- true || exit 1; done'
    pids="$pids $bg"
done
# 220 are added and 220 taken; what run takes it gives back, and it needs one now and then: 5 more than the others take.
ipctl sysv-sem post -c 5 0x2a
for pid in $pids; do wait "$pid" || fail "status $?"; done
expect_output '5 0 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1-3"
ipctl sysv-sem rm 0x2a
