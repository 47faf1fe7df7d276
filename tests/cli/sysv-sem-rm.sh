#!/bin/sh
# sysv-sem rm: several, by id, key and file; a missing one is status 4 and does not keep it from the others; --force.
. "$(dirname "$0")/lib.sh"

touch file
a=$(ipctl sysv-sem create 0x2a)
b=$(ipctl sysv-sem create)
c=$(ipctl sysv-sem create ftok:./file:3)
d=$(sysv-sem-make 0x2b 1 600)
expect_output '' ipctl sysv-sem rm 0x2a "$b" ftok:./file:3
for id in "$a" "$b" "$c"; do expect_status 1 sysv-exists sem "$id"; done
expect_status 4 ipctl sysv-sem rm 0x2a
expect_error '0x2a: no such set'
expect_status 4 ipctl sysv-sem rm "$a" "$d"
expect_error "$a: no such set"
expect_status 1 sysv-exists sem "$d"
expect_output '' ipctl sysv-sem rm --force 0x2a "$a" 999999
d=$(sysv-sem-make 0x2b 1 600)
expect_status 4 sh -c 'ipctl sysv-sem rm -J 0x2b 0x2a >got'
expect_output "[[\"0x2b\"],[\"0x2a\"]]" jq -c '[(.removed | map(.name)), (.errors | map(.name))]' got
d=$(sysv-sem-make 0x2b 1 600)
expect_status 2 ipctl sysv-sem rm "$d" x
expect_status 2 ipctl sysv-sem rm "$d" "$d:0"
expect_status 2 ipctl sysv-sem rm "$d" 0x0
expect_status 2 ipctl sysv-sem rm
expect_status 0 sysv-exists sem "$d"
# A new one of the same key has another id: the old id names nothing.
ipctl sysv-sem rm "$d"
new=$(ipctl sysv-sem create 0x2b)
[ "$new" != "$d" ] || fail "the id came back at once"
expect_status 4 ipctl sysv-sem rm "$d"
ipctl sysv-sem rm "$new"
