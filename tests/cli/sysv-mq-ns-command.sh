#!/bin/sh
# sysv-mq listen --ns NS -- CMD: only the queue is that of the other namespace; CMD runs in one's own, and what goes back goes back there.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

background unshare -i sh -c 'sysv-mq-make 0x2a 600 >id && echo $$ >ready; exec sleep 1000'
wait_until test -s ready
there=$(cat ready)
id=$(cat id)
inside() { nsenter -i -t "$there" "$@"; }
own=$(ipctl sysv-mq create 0x2a)
inside sysv-mq-send "$id" 5 text
here=$(readlink /proc/self/ns/ipc)
for options in '' --safe '-j 3' '--journal j'; do
    inside sysv-mq-send "$id" 5 text
    # shellcheck disable=SC2086  # words
    expect_output "text $here" ipctl sysv-mq listen $options -c 1 --ns "$there" 0x2a -- \
        sh -c 'echo "$(cat) $(readlink /proc/self/ns/ipc)"'
done
expect_output '5 text' inside sysv-mq-recv "$id" 0 nowait
inside sysv-mq-send "$id" 6 back
expect_status 1 sh -c 'exec ipctl sysv-mq recv --ns "$1" 0x2a >/dev/full' sh "$there"
for options in '' '-j 2' --safe; do
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl sysv-mq listen $options --ns "$there" 0x2a -- false
    expect_output '6 back' inside sysv-mq-recv "$id" 0 copy
done
# A command that itself uses the key finds the queue of its own namespace.
expect_output '' ipctl sysv-mq listen -c 1 --ns "$there" 0x2a -- ipctl sysv-mq send 0x2a
expect_output '1 back' sysv-mq-recv "$own" 0 nowait
ipctl sysv-mq rm "$own"
