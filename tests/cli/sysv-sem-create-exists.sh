#!/bin/sh
# sysv-sem create of a key that is in use: status 5, and that set is as it was; private never exists.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 3 640 1 2 3)
before=$(cat /proc/sysvipc/sem; sysv-sem-get "$id")
for command in '' 3 1 9 '--values 7,8,9' '-m 0600' '-x' '3 --exclusive' '-J'; do
    # shellcheck disable=SC2086  # words
    expect_status 5 ipctl sysv-sem create 0x2a $command
    expect_error '0x2a: a set with this key exists already'
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(cat /proc/sysvipc/sem; sysv-sem-get "$id")" = "$before" ] || fail "$command: changed: $(cat /proc/sysvipc/sem)"
done
if [ "$root" = yes ]; then
    expect_status 5 as_nobody ipctl sysv-sem create 0x2a
    expect_error exists
fi
expect_status 2 ipctl sysv-sem create -x --if-missing 0x2a
# A queue and memory of the same key are something else.
queue=$(sysv-mq-make 0x2b 600)
memory=$(sysv-shm-make 0x2b 100 600)
expect_status 0 ipctl sysv-sem create 0x2b
one=$(ipctl sysv-sem create private)
two=$(ipctl sysv-sem create private)
[ "$one" != "$two" ] || fail "private is taken twice"
ipctl sysv-sem rm "$one" "$two" 0x2a 0x2b
sysv-rm msg "$queue"
sysv-rm shm "$memory"
