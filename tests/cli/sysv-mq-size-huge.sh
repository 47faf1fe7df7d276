#!/bin/sh
# sysv-mq recv --size: one beyond any message there can be takes the message as without it, in no time and with no more memory.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
for size in 8192 8193 1M 1T 9223372036854775807 9223372036854775808 18446744073709551615 4G; do
    for command in 'recv -n' 'recv -n --truncate' 'recv -w 60' 'listen -n -c 1'; do
        sysv-mq-send "$id" 3 "text $size"
        # shellcheck disable=SC2086  # words
        expect_output "text $size" timeout 20 ipctl sysv-mq $command --size "$size" 0x2a
        expect_status 3 sysv-mq-recv "$id" 0 nowait
    done
done
ipctl sysv-mq rm "$id"
