#!/bin/sh
# The id and the key of a System V queue or set are no segment for sysv-shm: status 4 for every verb, and the object is as it was.
. "$(dirname "$0")/lib.sh"

# The ids of all kinds are counted alike.
sysv-rm shm "$(sysv-shm-make private 10 600)"
queue=$(sysv-mq-make 0x2a 600)
set=$(sysv-sem-make 0x2b 1 600 5)
sysv-mq-send "$queue" 1 text
for sel in "$queue" "$set" 0x2a 0x2b; do
    for command in send recv listen 'listen --futex 0' lock unlock 'set -m 0777' stat rm; do
        case $command in send) data=x ;; *) data= ;; esac
        # shellcheck disable=SC2086  # words
        expect_status 4 ipctl sysv-shm $command $sel $data
        expect_error "$sel: no such segment"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
        ! grep -qi -e 'invalid' -e 'no such file' "$err" || fail "the kernel's words: $(cat "$err")"
        [ ! -s "$out" ] || fail "prints $(cat "$out")"
    done
    expect_status 4 ipctl sysv-shm run $sel -- touch ran
    [ ! -e ran ] || fail "CMD ran"
done
expect_output '' ipctl sysv-shm ls --noheadings
# One may have the key of the other.
expect_status 0 ipctl sysv-shm create 0x2a --size 10
expect_output '' ipctl sysv-shm rm 0x2a
expect_output '1 text' sysv-mq-recv "$queue" 0 nowait
expect_output 5 sh -c "sysv-sem-get $set | cut -d ' ' -f 1"
expect_output '600 600' sh -c "awk 'FNR > 1 {print \$3}' /proc/sysvipc/msg /proc/sysvipc/sem | xargs"
sysv-rm msg "$queue"
sysv-rm sem "$set"
