#!/bin/sh
# sysv-mq recv --peek [INDEX]: shows one message and leaves all, wherever INDEX stands; status 3 past the end; a C program's MSG_COPY agrees.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 600)
expect_status 3 ipctl sysv-mq recv --peek 0x2a
expect_status 3 ipctl sysv-mq recv -a --peek "$id"
for pair in 7:zero 1:one 7:two; do sysv-mq-send "$id" ${pair%:*} ${pair#*:}; done
before=$(cat /proc/sysvipc/msg)
for sel in 0x2a "$id" key:42; do
    expect_output zero ipctl sysv-mq recv --peek "$sel"
    expect_output zero ipctl sysv-mq recv "$sel" --peek
    expect_output two ipctl sysv-mq recv "$sel" --peek 2
    expect_output two ipctl sysv-mq recv --peek=2 "$sel"
    expect_output two ipctl sysv-mq recv --peek 2 "$sel"
    expect_output 'one
two' ipctl sysv-mq recv --peek 1 -c 2 "$sel"
done
for index in 0 1 2; do expect_output "$(sysv-mq-recv "$id" $index copy)" ipctl sysv-mq recv -F '%p %s' --peek $index "$id"; done
expect_status 3 ipctl sysv-mq recv --peek 3 "$id"
expect_status 3 ipctl sysv-mq recv --peek=18446744073709551615 "$id"
[ "$(cat /proc/sysvipc/msg)" = "$before" ] || fail "the queue is another: $(cat /proc/sysvipc/msg)"
for wrong in --peek= --peek=x --peek=-1 --peek=99999999999999999999 '--peek -w 1' '--peek --safe' '--peek --size 9' \
    '--peek --journal j'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl sysv-mq recv $wrong "$id"
    expect_error --peek
done
expect_output '7 zero
1 one
7 two' sysv-mq-recv "$id" 0 3 nowait
ipctl sysv-mq rm "$id"
