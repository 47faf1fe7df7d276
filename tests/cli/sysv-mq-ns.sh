#!/bin/sh
# sysv-mq --ns PID or PATH on every verb: the queues of that IPC namespace, and nothing in one's own, even where ids and keys are the same.
. "$(dirname "$0")/lib.sh"

background unshare -i sh -c 'echo $$ >ready; exec sleep 1000'
wait_until test -s ready
there=$(cat ready)
inside() { nsenter -i -t "$there" "$@"; }
own=$(sysv-mq-make 0x2a 600)
sysv-mq-send "$own" 1 mine
touch bound
mount --bind "/proc/$there/ns/ipc" bound
for ns in "$there" "/proc/$there/ns/ipc" bound; do
    id=$(ipctl sysv-mq create --ns "$ns" 0x2a -m 0640)
    expect_output "$id 0x0000002a 0640" ipctl sysv-mq ls --ns "$ns" --raw --noheadings -o id,key,mode
    expect_status 5 ipctl sysv-mq create --ns "$ns" 0x2a
    expect_output '' ipctl sysv-mq send --ns "$ns" -t 3 0x2a text two
    expect_output '3 text' inside sysv-mq-recv "$id" 0 nowait
    inside sysv-mq-send "$id" 4 from-inside
    expect_output two ipctl sysv-mq recv --peek --ns "$ns" 0x2a
    expect_output two ipctl sysv-mq recv --ns="$ns" "$id"
    expect_output from-inside ipctl sysv-mq listen -c 1 --safe --ns "$ns" "$id"
    expect_output '' ipctl sysv-mq set --ns "$ns" --bytes 77 0x2a
    expect_output '77 0' ipctl sysv-mq stat -b --ns "$ns" --raw --noheadings -o capacity,messages 0x2a
    background nsenter -i -t "$there" sysv-mq-recv "$id" 9
    wait_until sh -c "ipctl sysv-mq stat -q --ns $ns --noheadings -o blocked 0x2a | grep -q 'sysv-mq-recv (msgrcv: type 9)'"
    expect_output - ipctl sysv-mq stat -q --noheadings -o blocked 0x2a
    expect_output '' ipctl sysv-mq rm --ns "$ns" 0x2a
    expect_status 4 ipctl sysv-mq stat --ns "$ns" 0x2a
done
umount bound
expect_output '1 mine' sysv-mq-recv "$own" 0 nowait
expect_status 1 ipctl sysv-mq ls --ns /etc/passwd
ipctl sysv-mq rm "$own"
