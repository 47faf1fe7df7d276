#!/bin/sh
# Selectors: keys beyond 0x7fffffff, which are negative to C, are created, shown and found as unsigned ones; beyond 32 bits they are refused.
. "$(dirname "$0")/lib.sh"

for pair in 0xffffffff:4294967295 0x80000000:2147483648 0x7fffffff:2147483647 0x00000001:1; do
    key=${pair%:*}
    id=$(ipctl sysv-mq create "key:${pair#*:}")
    expect_output "$id $key" ipctl sysv-mq ls --raw --noheadings -o id,key
    grep -qE "^ *$(perl -e 'print unpack "l", pack "L", hex shift' "$key") +$id " /proc/sysvipc/msg ||
        fail "$key is another one to the kernel: $(cat /proc/sysvipc/msg)"
    expect_status 5 ipctl sysv-mq create "$key"
    expect_output "$id" ipctl sysv-mq create --if-missing "$key"
    expect_output "$id" ipctl sysv-mq stat --noheadings -o id "key:$key"
    expect_output '' ipctl sysv-mq rm "$key"
    id=$(sysv-mq-make "$key" 600)
    expect_output "$id" ipctl sysv-mq stat --noheadings -o id "key:${pair#*:}"
    sysv-rm msg "$id"
done
for wrong in 0x100000000 key:4294967296 key:0x100000000 0x1ffffffff key:99999999999999999999; do
    expect_status 2 ipctl sysv-mq create "$wrong"
    expect_error "'$wrong'"
    expect_status 2 ipctl sysv-mq stat "$wrong"
done
