#!/bin/sh
# mq listen -- CMD that fails: by default the message goes back at its priority, the rest stay, and the status is 123.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
for options in '' '--on-failure stop' '-j 2' '--journal journal'; do
    mq-send /q 5 good bad
    mq-send /q 4 rest
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl mq listen $options /q -- sh -c 'read -r m || :; [ "$m" = good ] && echo "$m" || exit 7'
    expect_error 'sh *with status 7'
    expect_error '/q: message '
    expect_error 'back to /q'
    [ "$(cat "$out")" = good ] || fail "$options: $(cat "$out")"
    expect_output 'bad 5
rest 4' sh -c 'mq-recv -n /q 2 | while read -r p l m; do echo "$m $p"; done'
    expect_status 3 mq-recv -n /q
done
mq-send /q 5 bad
expect_status 123 ipctl mq listen /q -- sh -c 'kill -KILL $$'
expect_error 'signal 9'
expect_output '5 3 bad' mq-recv -n /q
expect_status 2 ipctl mq listen --on-failure perhaps /q -- true
expect_error perhaps
ipctl mq rm /q
