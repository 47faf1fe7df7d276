#!/bin/sh
# sysv-mq create --bytes SIZE: what the queue holds; beyond kernel.msgmnb it is refused with limit and remedy, and no queue is left.
. "$(dirname "$0")/lib.sh"

most=$(cat /proc/sys/kernel/msgmnb)
for pair in 100:100 1K:1024 "$most:$most" 1KiB:1024 0:0; do
    id=$(ipctl sysv-mq create --bytes "${pair%:*}" -m 0640)
    expect_output "0 0 ${pair#*:} 0 0" sysv-mq-stat "$id"
    expect_output "${pair#*:} 0640" ipctl sysv-mq stat --raw --noheadings -b -o capacity,mode "$id"
    ipctl sysv-mq rm "$id"
done
id=$(ipctl sysv-mq create)
expect_output "0 0 $most 0 0" sysv-mq-stat "$id"
ipctl sysv-mq rm "$id"
for limited in 'setpriv --bounding-set -sys_resource' 'as_nobody'; do
    if [ "$limited" = as_nobody ] && [ "$root" != yes ]; then continue; fi
    # shellcheck disable=SC2086  # words
    expect_status 1 $limited ipctl sysv-mq create 0x9 --bytes $((most + 1))
    expect_error "kernel.msgmnb = $most"
    expect_error 'CAP_SYS_RESOURCE'
    expect_output '' ipctl sysv-mq ls --noheadings
done
for wrong in -1 x '' 1X 99999999999999999999; do
    expect_status 2 ipctl sysv-mq create --bytes="$wrong"
    expect_error bytes
done
