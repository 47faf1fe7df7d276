#!/bin/sh
# sysv-shm lock and unlock: seen by the kernel's table, ipcs, lsipc and stat; several at once, by id and key; the contents stay.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root may lock memory everywhere"
id=$(sysv-shm-make 0x2a 10000 640)
other=$(sysv-shm-make private 10 600)
sysv-shm-put "$id" 5000 text
state() {
    expect_output "$2" ipctl sysv-shm stat --noheadings -o state "$1"
    expect_output "$3" sh -c "awk '\$2 == $1 {print \$3}' /proc/sysvipc/shm"
    expect_output "$4" sh -c "ipcs -m | awk '\$2 == $1 {print \$7}'"
    expect_output "$4" lsipc -m -i "$1" -o STATUS --noheadings --raw
    expect_output "$5" ipctl sysv-shm stat --noheadings -o mode "$1"
}
state "$id" live 640 '' 0640
expect_output '' ipctl sysv-shm lock 0x2a
state "$id" locked 2640 locked 0640
state "$other" live 600 '' 0600
expect_output '' ipctl sysv-shm lock "$other" "$id"
state "$other" locked 2600 locked 0600
expect_output "$id
$other" ipctl sysv-shm ls --noheadings -o id --filter state=locked
expect_output text sysv-shm-get "$id" 5000 4
expect_output '' ipctl sysv-shm set -m 0600 "$id"
state "$id" locked 2600 locked 0600
expect_status 4 ipctl sysv-shm unlock "$id" 0x99 "$other"
expect_error '0x99: no such segment'
state "$id" live 600 '' 0600
state "$other" live 600 '' 0600
expect_output 'locked live' sh -c 'for verb in lock unlock; do ipctl sysv-shm $verb -J -q 0x2a | python3 -c "import json, sys
print(json.load(sys.stdin)[\"objects\"][0][\"state\"])"; done | xargs'
# Removed while it is locked and attached: both.
ipctl sysv-shm lock "$id"
ipctl sysv-shm run "$id" -- sh -c "ipctl sysv-shm rm -q $id; ipctl sysv-shm stat -q --noheadings -o state $id" >seen
expect_output removed,locked cat seen
ipctl sysv-shm rm "$other"
