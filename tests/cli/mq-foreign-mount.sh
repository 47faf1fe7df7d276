#!/bin/sh
# A /dev/mqueue of another IPC namespace does not deceive mq ls: root sees the own queues, others are told.
. "$(dirname "$0")/lib.sh"

mq-make /outside 3 10 0666
mq-make /both 3 10 0666
expect_output '/both 7 0600
/inside 5 0600' unshare -i sh -c '
    mq-make /inside 5 10 && mq-make /both 7 10 && ipctl mq ls --raw --noheadings -o name,capacity,mode'
[ "$root" = yes ] || skip "the rest needs another user"
cp "$(command -v ipctl)" "$tmp/.bin/"
for make in : 'mq-make /both 7 10 0666'; do
    expect_status 1 unshare -i sh -c "$make; exec setpriv --reuid 65534 --regid 65534 --clear-groups '$tmp/.bin/ipctl' mq ls"
    expect_error 'another IPC namespace'
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
ipctl mq rm /outside /both
