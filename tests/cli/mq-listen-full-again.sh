#!/bin/sh
# A message whose command failed, for which the queue has no room any more, is saved to a file that the error names.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

mq-make /jobs 1 100
for options in '--on-failure stop' '--on-failure requeue -c 1' '--journal journal'; do
    mq-send /jobs 7 precious
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl mq listen $options /jobs -- sh -c 'mq-send /jobs 0 filler; exit 1'
    expect_error 'with status 1'
    file=$(grep -o "$XDG_STATE_HOME/ipctl/mq-jobs-p7-[A-Za-z0-9]*" "$err") || fail "$options: names no file: $(cat "$err")"
    expect_output precious cat "$file"
    rm "$file"
    expect_output '0 6 filler' mq-recv -n /jobs
done
ipctl mq rm /jobs
