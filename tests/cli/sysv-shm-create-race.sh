#!/bin/sh
# sysv-shm create by many at once: with -x one makes it and the others get status 5; with --if-missing all print one id, removals or not.
. "$(dirname "$0")/lib.sh"

for options in --exclusive --if-missing; do
    for _ in 1 2 3 4 5; do
        pids=
        for number in 1 2 3 4 5 6 7 8; do
            background sh -c "ipctl sysv-shm create 0x77 --size 5000 $options >id-$number 2>/dev/null; echo \$? >status-$number"
            pids="$pids $bg"
        done
        # shellcheck disable=SC2086  # words
        wait $pids
        case $options in *x*) wanted='0 5 5 5 5 5 5 5' ;; *) wanted='0 0 0 0 0 0 0 0' ;; esac
        expect_output "$wanted" sh -c 'sort status-* | xargs'
        expect_output "$(sort -u id-*)" ipctl sysv-shm stat --noheadings -o id 0x77
        ipctl sysv-shm rm 0x77
    done
done
# A remover between "exists" and "look at it" is no error: then there is a new one.
background perl -e 'while (1) { my $s = shmget(0x78, 0, 0); if (defined $s) { shmctl($s, 0, 0) } }'
for _ in $(seq 150); do
    expect_status 0 ipctl sysv-shm create --if-missing 0x78 --size 10 -m 0644
    grep -qxE '[0-9]+' "$out" || fail "prints $(cat "$out")"
done
kill "$bg"
wait "$bg" || :
ipctl sysv-shm rm --force 0x78
