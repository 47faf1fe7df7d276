#!/bin/sh
# A message whose queue is removed while ipctl has it in hand does not go back to where nobody finds it: it is saved.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

for options in '--on-failure stop' '--on-failure requeue -c 1' '--journal journal'; do
    ipctl mq create --message-size 1K /jobs
    mq-send /jobs 7 precious
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl mq listen $options /jobs -- sh -c 'ipctl mq rm /jobs; exit 1'
    file=$(grep -o "$XDG_STATE_HOME/ipctl/mq-jobs-p7-[A-Za-z0-9]*" "$err") || fail "$options: names no file: $(cat "$err")"
    expect_output precious cat "$file"
    rm "$file"
done
