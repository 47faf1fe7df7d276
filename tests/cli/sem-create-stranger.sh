#!/bin/sh
# sem create where a file that is no semaphore has the name: status 5 says so, and --if-missing does not accept it.
. "$(dirname "$0")/lib.sh"

refused() {
    before=$(stat -c '%F %a %s' /dev/shm/sem.s)
    for options in '' '--if-missing' '-J --if-missing --value 3'; do
        # shellcheck disable=SC2086  # words
        expect_status 5 ipctl sem create $options /s
        expect_error '/s: '
        expect_error 'no semaphore'
        [ ! -s "$out" ] || fail "prints $(cat "$out")"
    done
    [ "$before" = "$(stat -c '%F %a %s' /dev/shm/sem.s)" ] || fail "changed it"
    rm -rf /dev/shm/sem.s
}
printf 'not at all a semaphore' >/dev/shm/sem.s
refused
: >/dev/shm/sem.s
refused
head -c 32 /dev/zero | tr '\0' '\377' >/dev/shm/sem.s
refused
mkdir /dev/shm/sem.s
refused
