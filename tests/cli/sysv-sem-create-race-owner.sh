#!/bin/sh
# sysv-sem create --if-missing by many at once with an owner, a mode without rights, or more values than SEMOPM: one set, complete for all.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives sets away"
many=$(seq 600 | paste -sd ,)
for options in '--values 1,5 --owner daemon:bin -m 0640' '--values 1,5 -m 0400 --owner nobody' "--values $many" '2 -m 0444 --owner 54321'; do
    for _ in 1 2 3; do
        pids=
        for number in 1 2 3 4 5 6 7 8; do
            background sh -c "exec ipctl sysv-sem create 0x77 $options --if-missing >id-$number 2>error-$number"
            pids="$pids $bg"
        done
        for pid in $pids; do wait "$pid" || fail "$options: status $?: $(cat error-*)"; done
        expect_output 1 sh -c 'sort -u id-* | wc -l'
        case $options in
        *1,5\ *) expect_output '1 5' sh -c "sysv-sem-get $(cat id-1) | cut -d ' ' -f 1 | xargs" ;;
        *1,2,3*) expect_output "$many" sh -c "sysv-sem-get $(cat id-1) | cut -d ' ' -f 1 | paste -sd ," ;;
        *) expect_output '0 0' sh -c "sysv-sem-get $(cat id-1) | cut -d ' ' -f 1 | xargs" ;;
        esac
        ipctl sysv-sem rm 0x77
    done
done
