#!/bin/sh
# mq listen -j 8 under load: each message goes to exactly one command, whole, also with a journal.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkdir got
for options in '' '--journal journal'; do
    background mq-flood /q m 200
    # shellcheck disable=SC2086  # words
    expect_status 0 ipctl mq listen -c 200 -j 8 $options /q -- sh -c 'cat >>"got/$IPCTL_SEQ"; echo >>"got/$IPCTL_SEQ"'
    wait "$bg"
    cat got/* | sort >all
    seq -f 'm-%g' 200 | sort | cmp - all
    expect_output 200 sh -c 'ls got | wc -l'
    rm got/*
done
ipctl mq rm /q
