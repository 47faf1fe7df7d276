#!/bin/sh
# sysv-mq create: the mode is the one given, whatever the umask, 0600 without; modes that System V lacks are refused, and nothing is made.
. "$(dirname "$0")/lib.sh"

mode() { awk -v id="$1" '$2 == id { print $3 }' /proc/sysvipc/msg; }
for mask in 000 022 077 777; do
    umask $mask
    expect_status 0 ipctl sysv-mq create
    id=$(cat "$out")
    [ "$(mode "$id")" = 600 ] || fail "umask $mask: mode $(mode "$id")"
    ipctl sysv-mq rm "$id"
    for wanted in 0666 0640 0000 0777 0206; do
        for more in '' '--bytes 100' "--owner $(id -u):$(id -g)"; do
            # shellcheck disable=SC2086  # words
            id=$(ipctl sysv-mq create -m $wanted $more)
            [ "$(printf 0%03d "$(mode "$id")")" = "$wanted" ] || fail "$wanted $more: mode $(mode "$id")"
            expect_output "$wanted" ipctl sysv-mq stat --noheadings -o mode "$id"
            ipctl sysv-mq rm "$id"
        done
    done
done
umask 022
for wrong in 1777 4600 1000 888 x '' -1 0o600; do
    expect_status 2 ipctl sysv-mq create --mode="$wrong"
    expect_error mode
done
expect_output '' ipctl sysv-mq ls --noheadings
