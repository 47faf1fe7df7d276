#!/bin/sh
# shm read of an object that another process shrinks meanwhile, while the reader of its output stalls: status 1, no SIGBUS.
. "$(dirname "$0")/lib.sh"

mkfifo pipe
for options in '' '--encode hex' '--encode hexdump' '--encode base64'; do
    head -c 4M /dev/urandom >data
    ipctl shm create /here -f data
    # shellcheck disable=SC2086  # words
    background sh -c 'exec ipctl shm read "$@" /here >pipe 2>errors' sh $options
    exec 5<pipe
    # It has begun to write, and cannot go on.
    head -c 1 <&5 >/dev/null
    shm-size /here 1000
    cat <&5 >rest
    exec 5<&-
    status=0
    wait "$bg" || status=$?
    [ $status = 1 ] || fail "read $options: status $status: $(cat errors)"
    grep -q '/here: was shrunk by another process' errors || fail "read $options: says $(cat errors)"
    ipctl shm rm /here
done
