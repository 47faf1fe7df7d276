#!/bin/sh
# sysv-sem set --mode and --owner, together with values or alone; what is not named stays; the refused say why.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives sets away"
row() { awk -v id="$id" '$2 == id { print $3, $5, $6, $7, $8 }' /proc/sysvipc/sem; }
id=$(sysv-sem-make 0x2a 2 600 1 2)
expect_output '' ipctl sysv-sem set 0x2a -m 0640
expect_output '640 0 0 0 0' row
expect_output '' ipctl sysv-sem set "$id" --owner nobody
expect_output '640 65534 0 0 0' row
expect_output '' ipctl sysv-sem set 0x2a --owner :daemon -m 0
expect_output '0 65534 1 0 0' row
expect_output '' ipctl sysv-sem set 0x2a --owner daemon:54321
expect_output '0 1 54321 0 0' row
expect_output '1 2' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
expect_status 1 as_nobody ipctl sysv-sem set "$id" -m 0666
expect_error 'only its owner, its creator or root'
for wrong in 1000 01777 8 x ''; do expect_status 2 ipctl sysv-sem set 0x2a --mode="$wrong"; done
expect_status 2 ipctl sysv-sem set 0x2a --owner nosuchuser
expect_output '0 1 54321 0 0' row
# Who may not write to his own set changes its mode; values come before a mode that forbids them.
expect_output '' ipctl sysv-sem set 0x2a --owner nobody -m 0600
expect_output '' as_nobody ipctl sysv-sem set "$id" --values 8,9 -m 0400
expect_output '400 65534 54321 0 0' row
expect_status 1 as_nobody ipctl sysv-sem set "$id" --values 1,1
expect_error denied
expect_output '' as_nobody ipctl sysv-sem set "$id" -m 0600
expect_output '8 9' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
expect_output '"0604"' sh -c 'ipctl sysv-sem set -q -J 0x2a -m 604 | jq .objects[0].mode'
expect_status 4 ipctl sysv-sem set 0x99 -m 0600
ipctl sysv-sem rm 0x2a
