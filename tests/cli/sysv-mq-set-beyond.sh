#!/bin/sh
# sysv-mq set --bytes beyond kernel.msgmnb: the error names the limit, CAP_SYS_RESOURCE and the remedy; up to it a user needs nothing.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
most=$(cat /proc/sys/kernel/msgmnb)
limited='setpriv --bounding-set -sys_resource'
# shellcheck disable=SC2086  # words
expect_status 1 $limited ipctl sysv-mq set --bytes $((most + 1)) "$id"
expect_error "$id: "
expect_error "--bytes $((most + 1))"
expect_error "kernel.msgmnb = $most"
expect_error CAP_SYS_RESOURCE
expect_error "sysctl kernel.msgmnb=$((most + 1))"
expect_output "$most" ipctl sysv-mq stat -b --noheadings -o capacity "$id"
# shellcheck disable=SC2086  # words
expect_status 1 $limited ipctl sysv-mq set --bytes 1G -m 0666 "$id"
expect_output 0600 ipctl sysv-mq stat --noheadings -o mode "$id"
if [ "$root" = yes ]; then
    # Another reason is told as that.
    expect_status 1 as_nobody ipctl sysv-mq set --bytes "$most" "$id"
    expect_error 'permission denied'
    ! grep -q CAP_SYS_RESOURCE "$err" || fail "blames the limit: $(cat "$err")"
fi
if echo $((most + 1)) 2>/dev/null >/proc/sys/kernel/msgmnb; then
    # shellcheck disable=SC2086  # words
    expect_output '' $limited ipctl sysv-mq set --bytes $((most + 1)) "$id"
    expect_output $((most + 1)) ipctl sysv-mq stat -b --noheadings -o capacity "$id"
fi
ipctl sysv-mq rm "$id"
