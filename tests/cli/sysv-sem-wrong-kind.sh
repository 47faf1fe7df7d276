#!/bin/sh
# sysv-sem with the id or key of a queue or of memory: no such set, status 4, on every verb; the other object is untouched.
. "$(dirname "$0")/lib.sh"

queue=$(sysv-mq-make 0x2a 600)
memory=$(sysv-shm-make 0x2b 100 600)
sysv-mq-send "$queue" 1 text
before=$(cat /proc/sysvipc/msg /proc/sysvipc/shm)
for sel in 0x2a 0x2b "$queue" "$memory" 2147483647; do
    for command in post 'wait -n' 'wait -w 5' listen stat 'stat -J' rm 'op @ 0:+1' 'run @ -- touch ran' 'op @ 0:-1u -- touch ran' \
        'set @ --value 1' 'set @ --values 1,2' 'set @ -m 0600'; do
        case $command in *@*) ;; *) command="$command @" ;; esac
        # shellcheck disable=SC2046  # words
        expect_status 4 ipctl sysv-sem $(echo "$command" | sed "s/@/$sel/")
        expect_error "$sel: no such set"
    done
done
for sel in 2147483648 99999999999999999999; do expect_status 2 ipctl sysv-sem stat $sel; done
[ "$(cat /proc/sysvipc/msg /proc/sysvipc/shm)" = "$before" ] || fail "changed: $(cat /proc/sysvipc/msg /proc/sysvipc/shm)"
[ ! -e ran ] || fail "the command ran"
sysv-rm msg "$queue"
sysv-rm shm "$memory"
