#!/bin/sh
# Selectors: an id in decimal, 0xKEY, key:N in decimal or hexadecimal name the same queue, whatever the letters' case and leading zeros.
. "$(dirname "$0")/lib.sh"

other=$(sysv-mq-make 0x2b 600)
id=$(sysv-mq-make 0xabcd 600)
for name in "$id" 0xabcd 0xABCD 0Xabcd 0x0000abcd key:43981 key:0xabcd key:0xABCD key:0000043981; do
    expect_output "$id 0x0000abcd" ipctl sysv-mq stat --raw --noheadings -o id,key "$name"
    expect_output '' ipctl sysv-mq send "$name" "$name"
    expect_output "1 $name" sysv-mq-recv "$id" 0 1 nowait
    sysv-mq-send "$id" 1 back
    expect_output back ipctl sysv-mq recv -n "$name"
    expect_output '' ipctl sysv-mq set -m 0640 "$name"
done
# Without a prefix it is an id, never a key: key:43 is the other queue.
expect_status 4 ipctl sysv-mq stat 43981
expect_output "$other" ipctl sysv-mq stat --noheadings -o id key:43
for name in 0xabcd key:0xabcd key:43981; do
    expect_output '' ipctl sysv-mq rm "$name"
    sysv-exists msg "$other"
    expect_status 1 sysv-exists msg "$id"
    id=$(sysv-mq-make 0xabcd 600)
done
expect_output '' ipctl sysv-mq rm "$id" 0x2b
