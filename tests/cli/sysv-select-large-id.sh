#!/bin/sh
# Selectors: ids rise with every queue that was ever made, beyond 32768 and 65536; large ones work in all verbs, also where one may not read.
. "$(dirname "$0")/lib.sh"

perl -e 'for (1 .. 70000) { my $q = msgget(0, 0600) // die $!; msgctl($q, 0, 0) or die $! }'
id=$(ipctl sysv-mq create 0x7 -m 0622)
[ "$id" -gt 65536 ] || fail "the kernel gave $id"
sysv-mq-send "$id" 3 text
expect_output "$id 1" ipctl sysv-mq ls --raw --noheadings -o id,messages
expect_output "$id 4 16384" ipctl sysv-mq stat --raw --noheadings -b -o id,bytes,capacity 0x7
expect_output "$id" ipctl sysv-mq stat --raw --noheadings -o name "$id"
if [ "$root" = yes ]; then
    expect_output "$id 4 16384" as_nobody ipctl sysv-mq stat -q --raw --noheadings -b -o id,bytes,capacity "$id"
    expect_output "$id 16384" as_nobody ipctl sysv-mq ls --raw --noheadings -b -o id,capacity
fi
expect_output text ipctl sysv-mq recv -n "$id"
# The same place in the kernel's table, but another queue, which is gone.
for gone in $((id - 32768)) $((id % 32768)) $((id + 32768)); do
    expect_status 4 ipctl sysv-mq stat "$gone"
    expect_status 4 ipctl sysv-mq send "$gone" x
    expect_status 4 ipctl sysv-mq rm "$gone"
done
expect_output '' ipctl sysv-mq rm "$id"
