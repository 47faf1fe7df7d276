#!/bin/sh
# sysv-sem op NUM:-Ku -- CMD: undone when CMD ends, however it ends, and not before; what has no u stays.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
id=$(ipctl sysv-sem create 3 --values 5,5,0)
expect_output '3 4 2' ipctl sysv-sem op "$id" 0:-2u 1:-1 2:+2u -- sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
expect_output '5 4 0' values
[ ! -s "$err" ] || fail "complains $(cat "$err")"
expect_status 7 ipctl sysv-sem op "$id" 0:-5u -- sh -c 'exit 7'
expect_output '5 4 0' values
for signal in KILL:137 TERM:143 SEGV:139; do
    rm -f started
    background ipctl sysv-sem op "$id" 0:-1u 0:-1u 2:+1u -- sh -c 'ulimit -c 0; echo >started; while :; do sleep 0.1; done'
    wait_until test -e started
    expect_output '3 4 1' values
    kill "-${signal%:*}" "$bg"
    status=0
    wait "$bg" 2>/dev/null || status=$?
    [ $status = "${signal#*:}" ] || fail "$signal: status $status"
    expect_output '5 4 0' values
done
# Others that take what is to be undone: as far as possible, never below 0.
ipctl sysv-sem op "$id" 2:+3u -- ipctl sysv-sem wait -c 2 "$id:2"
expect_output '5 4 0' values
# C sees it given back by the kernel, and ipctl what C gives back.
background sysv-sem-hold "$id" 1
wait_until sh -c "sysv-sem-get $id | sed -n 2p | grep -q '^3 '"
kill -KILL "$bg"
wait "$bg" 2>/dev/null || :
expect_output '' ipctl sysv-sem op -n "$id" 1:-4
ipctl sysv-sem rm "$id"
