#!/bin/sh
# sysv-mq create by many at once: with -x one makes it and the others get status 5; with --if-missing all print the one id, removals or not.
. "$(dirname "$0")/lib.sh"

for _ in 1 2 3 4 5; do
    pids=
    for number in 1 2 3 4 5 6 7 8; do
        background sh -c "ipctl sysv-mq create 0x77 >id-$number 2>/dev/null; echo \$? >status-$number"
        pids="$pids $bg"
    done
    # shellcheck disable=SC2086  # words
    wait $pids
    expect_output '0 5 5 5 5 5 5 5' sh -c 'sort status-* | xargs'
    expect_output "$(cat id-*)" ipctl sysv-mq stat --noheadings -o id 0x77
    ipctl sysv-mq rm 0x77
done
# A remover between "exists" and "look at it" is no error: then there is a new one.
background perl -e 'while (1) { my $q = msgget(0x78, 0); if (defined $q) { msgctl($q, 0, 0) } }'
for _ in $(seq 150); do
    expect_status 0 ipctl sysv-mq create --if-missing 0x78
    grep -qxE '[0-9]+' "$out" || fail "prints $(cat "$out")"
done
kill "$bg"
wait "$bg" || :
ipctl sysv-mq rm --force 0x78
