#!/bin/sh
# sysv-sem create KEY --values --if-missing by ten at once: all print the one id, and the values are set once; without it, one wins.
. "$(dirname "$0")/lib.sh"

for round in 1 2 3 4 5 6; do
    pids=
    for number in 1 2 3 4 5 6 7 8 9 10; do
        background sh -c "exec ipctl sysv-sem create 0x77 2 --values 1,5 --if-missing >id-$number 2>error-$number"
        pids="$pids $bg"
    done
    for pid in $pids; do wait "$pid" || fail "round $round: status $?: $(cat error-*)"; done
    expect_output 1 sh -c 'sort -u id-* | wc -l'
    expect_output "$(cat id-1)" ipctl sysv-sem stat -q --noheadings -o id 0x77
    expect_output '1 5' sh -c "sysv-sem-get $(cat id-1) | cut -d ' ' -f 1 | xargs"
    expect_output 1 grep -c '^ *119 ' /proc/sysvipc/sem
    ipctl sysv-sem rm 0x77
done
for round in 1 2 3; do
    pids=
    for number in 1 2 3 4 5 6 7 8; do
        background sh -c "ipctl sysv-sem create 0x77 --values $number >id-$number 2>/dev/null; echo \$? >status-$number"
        pids="$pids $bg"
    done
    # shellcheck disable=SC2086  # words
    wait $pids
    expect_output '0 5 5 5 5 5 5 5' sh -c 'sort status-* | xargs'
    winner=$(grep -lx 0 status-* | sed 's/.*-//')
    expect_output "$winner" sh -c "sysv-sem-get $(cat "id-$winner") | cut -d ' ' -f 1"
    ipctl sysv-sem rm 0x77
    rm -f id-* status-*
done
