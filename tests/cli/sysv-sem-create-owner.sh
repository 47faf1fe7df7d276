#!/bin/sh
# sysv-sem create --owner USER[:GROUP], by name or number; its values are set all the same, and the creator stays who made it.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives sets away"
owned() {
    expect_output "$2" ipctl sysv-sem stat -q --raw --noheadings -o owner,group,creator,creator_group "$1"
    expect_output "$3" awk -v id="$1" '$2 == id { print $3, $5, $6, $7, $8 }' /proc/sysvipc/sem
    ipcs -s -i "$1" | grep -qE "^uid=$(echo "$3" | cut -d ' ' -f 2)[[:space:]].*cuid=0[[:space:]]" || fail "ipcs: $(ipcs -s -i "$1")"
    expect_output '2 9' sh -c "sysv-sem-get $1 | cut -d ' ' -f 1 | xargs"
    ipctl sysv-sem rm "$1"
}
owned "$(ipctl sysv-sem create --values 2,9 --owner nobody)" 'nobody root root root' '600 65534 0 0 0'
owned "$(ipctl sysv-sem create --values 2,9 --owner daemon:bin -m 0640)" 'daemon bin root root' '640 1 2 0 0'
owned "$(ipctl sysv-sem create --values 2,9 --owner 54321:12345 -m 0)" '54321 12345 root root' '0 54321 12345 0 0'
for wrong in nosuchuser nosuchuser:root root:nosuchgroup; do
    expect_status 2 ipctl sysv-sem create --owner "$wrong"
    expect_error nosuch
done
expect_output '' ipctl sysv-sem ls --noheadings
# A user gives away what is his own, values and all; its new owner can use it then, and its creator can remove it.
id=$(as_nobody ipctl sysv-sem create --owner daemon:daemon -m 0600 --values 4,8)
expect_output '600 1 1 65534 65534' awk -v id="$id" '$2 == id { print $3, $5, $6, $7, $8 }' /proc/sysvipc/sem
expect_output '4 8' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
expect_output '' as_nobody ipctl sysv-sem rm "$id"
