#!/bin/sh
# --ns PID or PATH on every verb: the queues of that IPC namespace, and nothing in one's own.
. "$(dirname "$0")/lib.sh"

background unshare -i sh -c 'mq-make /there 3 10 && exec mq-hold /there r >ready'
wait_until test -s ready
there=$(cat ready)
ipctl mq create --message-size 1K /here
touch bound
mount --bind "/proc/$there/ns/ipc" bound
for ns in "$there" "/proc/$there/ns/ipc" bound; do
    expect_output /there ipctl mq ls --ns "$ns" --noheadings -o name
    expect_output "$there mq-hold (r)" ipctl mq stat --ns="$ns" --noheadings -o holders /there
    expect_output '' ipctl mq create --ns "$ns" /new
    expect_output '' ipctl mq send --ns "$ns" /new text two
    expect_output '' nsenter -i -t "$there" ipctl mq send -p 3 /new from-inside
    expect_output from-inside ipctl mq recv --ns "$ns" /new
    expect_output '0 4 text' nsenter -i -t "$there" mq-recv -n /new
    expect_output two ipctl mq listen -c 1 --ns "$ns" /new
    expect_status 4 ipctl mq recv -n --ns "$ns" /here
    expect_output '' ipctl mq rm --ns "$ns" /new
    expect_output here ls /dev/mqueue
done
umount bound
expect_output '/here' ipctl mq ls --noheadings -o name
ipctl mq rm /here
