#!/bin/sh
# sysv-mq send: a message beyond kernel.msgmax, or beyond all the bytes of the queue, is refused at once with limit and remedy, never waits.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
most=$(cat /proc/sys/kernel/msgmax)
head -c "$most" /dev/zero >fits
head -c $((most + 1)) /dev/zero >longer
for options in '' -n '-w 60'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sysv-mq send $options -f longer 0x2a
    expect_error "$((most + 1)) bytes"
    expect_error "takes $most"
    expect_error 'kernel.msgmax'
    expect_error '0x2a'
done
expect_output '' ipctl sysv-mq send -f fits 0x2a
sysv-mq-recv "$id" 0 raw | cmp - fits
small=$(sysv-mq-make private 600 10)
for options in '' -n '-w 60'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 timeout 60 ipctl sysv-mq send $options "$small" 12345678901
    expect_error '11 bytes'
    expect_error 'takes 10'
    expect_error "sysv-mq set $small --bytes"
done
expect_output '' ipctl sysv-mq send "$small" 1234567890
expect_output '1 1234567890' sysv-mq-recv "$small" 0 nowait
# The good ones before it are sent, and it is told which one was not.
expect_status 1 ipctl sysv-mq send "$small" a b 12345678901 c
expect_output '1 a
1 b' sysv-mq-recv "$small" 0 2 nowait
expect_status 1 sh -c "yes | tr -d '\n' | timeout 60 ipctl sysv-mq send $small"
expect_error 'more than 10 bytes'
expect_status 3 sysv-mq-recv "$small" 0 nowait
ipctl sysv-mq rm "$id" "$small"
