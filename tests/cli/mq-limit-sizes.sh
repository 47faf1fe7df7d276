#!/bin/sh
# mq create beyond fs.mqueue.msg_max or msgsize_max: the error names option, value, limit and how to raise it.
. "$(dirname "$0")/lib.sh"

limits=/proc/sys/fs/mqueue
most=$(cat $limits/msg_max)
size=$(cat $limits/msgsize_max)
beyond() {
    expect_status 1 "$@"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e /dev/mqueue/q ] || fail "made a queue"
}
# With CAP_SYS_RESOURCE, these are no limits.
limited() { setpriv --bounding-set -sys_resource ipctl mq create /q "$@"; }
beyond limited --max-messages $((most + 1)) --message-size 1
expect_error "--max-messages $((most + 1))"
expect_error "fs.mqueue.msg_max = $most"
expect_error 'sysctl'
beyond limited --message-size $((size + 1)) --max-messages 1
expect_error "--message-size $((size + 1))"
expect_error "fs.mqueue.msgsize_max = $size"
beyond limited --max-messages 9223372036854775807
expect_error --max-messages
beyond limited --message-size 16777217
expect_error "kernel's maximum"
beyond limited --max-messages 18446744073709551615
expect_error "kernel's maximum"
expect_output '' limited --max-messages "$most" --message-size 1
expect_output '' ipctl mq rm /q
