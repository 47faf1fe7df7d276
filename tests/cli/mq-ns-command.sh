#!/bin/sh
# mq listen --ns NS -- CMD: only the queue is that of the other namespace; CMD runs in one's own.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

background unshare -i sh -c 'mq-make /q 3 10 && exec mq-hold /q r >ready'
wait_until test -s ready
there=$(cat ready)
ipctl mq create --message-size 1K /q
nsenter -i -t "$there" mq-send /q 5 inside
own=$(readlink /proc/self/ns/ipc)
expect_output "inside $own" ipctl mq listen -c 1 --ns "$there" /q -- sh -c 'echo "$(cat) $(readlink /proc/self/ns/ipc)"'
nsenter -i -t "$there" mq-send /q 5 back
expect_status 1 sh -c 'exec ipctl mq recv --ns "$1" /q >/dev/full' sh "$there"
expect_output '5 4 back' nsenter -i -t "$there" mq-recv -n /q
nsenter -i -t "$there" mq-send /q 5 back
expect_status 123 ipctl mq listen --ns "$there" /q -- false
expect_output '5 4 back' nsenter -i -t "$there" mq-recv -n /q
expect_status 3 mq-recv -n /q
nsenter -i -t "$there" mq-send /q 0 x
expect_output '1 -' ipctl mq listen -c 1 --notify --ns "$there" -F '%s %P' /q
ipctl mq rm /q
