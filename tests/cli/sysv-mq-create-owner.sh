#!/bin/sh
# sysv-mq create --owner USER[:GROUP], by name or number; the creator stays the one who made it, in ipcs too.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives queues away"
owned() {
    expect_output "$2" ipctl sysv-mq stat --raw --noheadings -o owner,group,creator,creator_group "$1"
    expect_output "$3" awk -v id="$1" '$2 == id { print $8, $9, $10, $11 }' /proc/sysvipc/msg
    ipcs -q -i "$1" | grep -qE "^uid=${3%% *}[[:space:]].*cuid=0[[:space:]]" || fail "ipcs: $(ipcs -q -i "$1")"
    ipctl sysv-mq rm "$1"
}
owned "$(ipctl sysv-mq create --owner nobody)" 'nobody root root root' '65534 0 0 0'
owned "$(ipctl sysv-mq create --owner daemon:bin -m 0640)" 'daemon bin root root' '1 2 0 0'
owned "$(ipctl sysv-mq create --owner 54321:12345)" '54321 12345 root root' '54321 12345 0 0'
owned "$(ipctl sysv-mq create 0x5 --owner=:daemon 2>/dev/null || ipctl sysv-mq create 0x5 --owner root:daemon)" \
    'root daemon root root' '0 1 0 0'
for wrong in nosuchuser nosuchuser:root root:nosuchgroup; do
    expect_status 2 ipctl sysv-mq create --owner "$wrong"
    expect_error nosuch
done
# A user gives away what is his own, and is its creator still.
id=$(as_nobody ipctl sysv-mq create --owner daemon:daemon -m 0600)
expect_output '1 1 65534 65534' awk -v id="$id" '$2 == id { print $8, $9, $10, $11 }' /proc/sysvipc/msg
expect_output '' as_nobody ipctl sysv-mq rm "$id"
expect_output '' ipctl sysv-mq ls --noheadings
