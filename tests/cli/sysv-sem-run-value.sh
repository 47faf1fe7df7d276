#!/bin/sh
# sysv-sem run: the semaphore's value while CMD runs is lower by -c N, one by default; no more run at once than it lets.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 0x2a 2 --values 3,5)
values="sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
expect_output '2 5' ipctl sysv-sem run 0x2a -- sh -c "$values"
expect_output '3 4' ipctl sysv-sem run "$id:1" -- sh -c "$values"
expect_output '3 1' ipctl sysv-sem run -c 4 0x2a:1 -- sh -c "$values"
expect_output '0 5' ipctl sysv-sem run --count=3 key:42 -- sh -c "$values"
expect_output '1 5' ipctl sysv-sem run 0x2a -- ipctl sysv-sem run 0x2a -- sh -c "$values"
expect_output '3 5' sh -c "$values"
mkdir at-once
pids=
for number in 1 2 3 4 5 6 7 8 9 10; do
    background ipctl sysv-sem run -w 30 0x2a -- sh -c "
        echo >at-once/$number; ls at-once | wc -l >>most; sleep 0.05; rm at-once/$number"
    pids="$pids $bg"
done
for pid in $pids; do wait "$pid" || fail "status $?"; done
[ "$(wc -l <most)" = 10 ] || fail "only $(wc -l <most) ran"
[ "$(sort -n most | tail -n 1)" -le 3 ] || fail "$(sort -n most | tail -n 1) ran at once"
expect_output '3 5' sh -c "$values"
for count in 0 -1 32768 x; do expect_status 2 ipctl sysv-sem run --count=$count "$id" -- touch ran; done
expect_status 2 ipctl sysv-sem run "$id"
expect_status 2 ipctl sysv-sem run "$id" --
[ ! -e ran ] || fail "the command ran"
ipctl sysv-sem rm 0x2a
