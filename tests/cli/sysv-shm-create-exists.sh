#!/bin/sh
# sysv-shm create of a key that exists, by whomever: status 5, one line that names it, and the segment as it was; private never exists.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 100 640)
sysv-shm-put "$id" 0 precious
before=$(cat /proc/sysvipc/shm)
for options in '' -x --exclusive '-m 0777' '--size 1' '--size 1000'; do
    # shellcheck disable=SC2086  # words
    expect_status 5 ipctl sysv-shm create 0x2a --size 100 $options
    expect_error '0x0000002a: a segment with this key exists already'
    expect_error --if-missing
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_status 5 ipctl sysv-shm create key:42 --size 100
if [ "$root" = yes ]; then expect_status 5 as_nobody ipctl sysv-shm create 0x2a --size 100; fi
[ "$(cat /proc/sysvipc/shm)" = "$before" ] || fail "changed: $(cat /proc/sysvipc/shm)"
expect_output precious sysv-shm-get "$id" 0 8
one=$(ipctl sysv-shm create --size 100)
two=$(ipctl sysv-shm create private --size 100 --exclusive)
three=$(ipctl sysv-shm create private --size 100 --if-missing)
expect_output 4 sh -c "printf '%s\n' $id $one $two $three | sort -u | wc -l"
expect_output '0x00000000 0x00000000 0x00000000' sh -c "ipctl sysv-shm stat --raw --noheadings -o key $one $two $three | xargs"
expect_status 2 ipctl sysv-shm create 0 --size 100
expect_status 2 ipctl sysv-shm create 0x0 --size 100
expect_status 2 ipctl sysv-shm create -x --if-missing 0x2b --size 100
ipctl sysv-shm rm "$id" "$one" "$two" "$three"
