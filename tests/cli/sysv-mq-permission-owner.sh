#!/bin/sh
# sysv-mq set and rm of another user's queue, even with mode 0666: status 1, the error names who owns it, nothing changed; owner and creator may.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
id=$(sysv-mq-make 0x2a 666 100)
before=$(cat /proc/sysvipc/msg)
for command in 'set -m 0600' 'set --bytes 10' 'set --owner nobody' 'rm' 'rm --force'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 as_nobody ipctl sysv-mq $command 0x2a
    expect_error '0x2a: permission denied'
    expect_error 'owner'
    expect_error 'root'
done
[ "$(cat /proc/sysvipc/msg)" = "$before" ] || fail "changed: $(cat /proc/sysvipc/msg)"
ipctl sysv-mq set --owner nobody -m 0000 "$id"
# The owner may change and remove what he may not read.
expect_status 1 as_nobody ipctl sysv-mq recv -n 0x2a
expect_output '' as_nobody ipctl sysv-mq set --bytes 10 0x2a
expect_output '10 0000 nobody' ipctl sysv-mq stat --raw -b --noheadings -o capacity,mode,owner 0x2a
expect_output '' as_nobody ipctl sysv-mq set --owner daemon:bin -m 0606 0x2a
expect_output '10 0606 daemon bin' ipctl sysv-mq stat --raw -b --noheadings -o capacity,mode,owner,group 0x2a
expect_status 1 as_nobody ipctl sysv-mq rm 0x2a
ipctl sysv-mq set --owner nobody 0x2a
expect_output '' as_nobody ipctl sysv-mq rm 0x2a
# The creator may, after he gave it away.
id=$(as_nobody ipctl sysv-mq create --owner root)
expect_output '' as_nobody ipctl sysv-mq rm "$id"
# The error tells whose it is.
id=$(sysv-mq-make 0x2a 640)
for command in 'set -m 0600' rm; do
    # shellcheck disable=SC2086  # words
    expect_status 1 as_nobody ipctl sysv-mq $command "$id"
    expect_error 'belongs to root'
done
ipctl sysv-mq rm "$id"
