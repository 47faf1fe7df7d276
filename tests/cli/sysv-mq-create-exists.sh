#!/bin/sh
# sysv-mq create of a key that exists: status 5, never silently the existing queue, which stays as it is; private never exists.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 640 300)
sysv-mq-send "$id" 4 kept
for options in '' '-x' '--exclusive' '-m 0640' '--bytes 300' '-J'; do
    # shellcheck disable=SC2086  # words
    expect_status 5 ipctl sysv-mq create $options 0x2a
    expect_error 'exists already'
    expect_error '--if-missing'
    expect_error '2a: '
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
expect_status 2 ipctl sysv-mq create -x --if-missing 0x2a
if [ "$root" = yes ]; then
    expect_status 5 as_nobody ipctl sysv-mq create 0x2a
    expect_status 5 as_nobody ipctl sysv-mq create key:42 --bytes 100
fi
expect_output "1 4 300 $(awk 'NR == 2 { print $6 }' /proc/sysvipc/msg) 0" sysv-mq-stat "$id"
expect_output 640 awk 'NR == 2 { print $3 }' /proc/sysvipc/msg
expect_output '4 kept' sysv-mq-recv "$id" 0 1 nowait
one=$(ipctl sysv-mq create private)
two=$(ipctl sysv-mq create private)
three=$(ipctl sysv-mq create)
four=$(ipctl sysv-mq create --if-missing private)
expect_output "$id $one $two $three $four" sh -c 'ipctl sysv-mq ls --noheadings -o id | xargs'
[ "$(printf '%s\n' "$one" "$two" "$three" "$four" | sort -u | wc -l)" = 4 ] || fail "one queue for several"
ipctl sysv-mq rm "$id" "$one" "$two" "$three" "$four"
