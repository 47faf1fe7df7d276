#!/bin/sh
# sysv-mq set: size, mode and owner alone or together, exactly what was asked for and nothing else; what is none is refused.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 640 1000)
sysv-mq-send "$id" 3 kept
shown() { awk 'NR == 2 { print $3, $8, $9, $10, $11 }' /proc/sysvipc/msg; echo "$(sysv-mq-stat "$id" | cut -d' ' -f1-3)"; }
me="$(id -u) $(id -g)"
expect_output '' ipctl sysv-mq set --bytes 2K 0x2a
[ "$(shown)" = "640 $me $me
1 4 2048" ] || fail "$(shown)"
umask 077
expect_output '' ipctl sysv-mq set -m 0666 "$id"
[ "$(shown)" = "666 $me $me
1 4 2048" ] || fail "$(shown)"
expect_output '' ipctl sysv-mq set -m 0000 --bytes 0 "$id"
[ "$(shown | head -1)" = "0 $me $me" ] || fail "$(shown)"
expect_output '0 0000' ipctl sysv-mq stat -b --raw --noheadings -o capacity,mode "$id"
expect_output '' ipctl sysv-mq set --mode=0600 --bytes=100 key:42
if [ "$root" = yes ]; then
    expect_output '' ipctl sysv-mq set --owner daemon 0x2a
    [ "$(shown | head -1)" = '600 1 0 0 0' ] || fail "$(shown)"
    expect_output '' ipctl sysv-mq set --owner nobody:bin -m 0644 0x2a
    [ "$(shown | head -1)" = '644 65534 2 0 0' ] || fail "$(shown)"
fi
expect_output '3 kept' sysv-mq-recv "$id" 0 nowait
for wrong in '' '-m 1600' '-m 8' '--bytes x' '--bytes -1' '--owner nosuchuser' '-m'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl sysv-mq set $wrong 0x2a
done
ipctl sysv-mq rm "$id"
expect_status 4 ipctl sysv-mq set -m 0600 0x2a
expect_error '0x2a: no such queue'
expect_status 4 ipctl sysv-mq set -m 0600 "$id"
