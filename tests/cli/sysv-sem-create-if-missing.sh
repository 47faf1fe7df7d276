#!/bin/sh
# sysv-sem create --if-missing: the same set again, its values untouched; status 5 names what differs, and changes nothing.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --if-missing 0x2a 3 --values 1,2,3 -m 0640)
sysv-sem-op "$id" 0:+4
state() { cat /proc/sysvipc/sem; sysv-sem-get "$id"; }
before=$(state)
for command in 3 '3 --values 1,2,3' '--values 7,8,9' '3 -m 0640' '3 --owner root' '3 --owner root:root'; do
    [ "$(id -u)" = 0 ] || case $command in *root*) continue ;; esac
    # shellcheck disable=SC2086  # words
    expect_output "$id" ipctl sysv-sem create --if-missing 0x2a $command
    [ "$(state)" = "$before" ] || fail "$command: changed"
done
expect_output "$id" sh -c 'ipctl sysv-sem create -q --if-missing -J 0x2a 3 | jq ".objects[0].id"'
differs() {
    pattern=$1
    shift
    expect_status 5 ipctl sysv-sem create --if-missing 0x2a "$@"
    expect_error "$pattern"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(state)" = "$before" ] || fail "$*: changed"
}
differs '3 semaphores, not 2' 2
differs '3 semaphores, not 1'
differs '3 semaphores, not 4' 4
differs '3 semaphores, not 2' --values 1,2
differs '0640, not 0600' 3 -m 0600
differs 'daemon' 3 --owner daemon
differs '3 semaphores, not 4' 4 -m 0600
expect_error '0640, not 0600'
ipctl sysv-sem rm 0x2a
