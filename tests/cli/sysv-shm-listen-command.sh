#!/bin/sh
# sysv-shm listen -- CMD runs CMD for each change, with the new contents on its standard input and what it is about in its environment.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 4 600)
mkfifo ready
listen() {
    background env IPCTL_PRIORITY=outer IPCTL_ID=outer sh -c \
        'exec ipctl sysv-shm listen --interval 1ms --ready-fd 5 "$@" 5>ready >got 2>errors' sh "$@"
    read -r _ <ready
}
listen -c 2 0x2a -- sh -c 'echo "$IPCTL_MECHANISM $IPCTL_NAME $IPCTL_SEQ $IPCTL_LENGTH <$IPCTL_PRIORITY> $(cat)"'
sysv-shm-put "$id" 0 abcd
wait_until grep -q abcd got
sysv-shm-put "$id" 1 x
wait "$bg" || fail "status $?"
expect_output "sysv-shm $id 1 4 <> abcd
sysv-shm $id 2 4 <> axcd" cat got
# By futex, encoded.
background sh -c 'exec ipctl sysv-shm listen -c 1 --futex 0 --encode hex --ready-fd 5 0x2a -- cat 5>ready >got'
read -r _ <ready
sysv-shm-wake "$id" 0 1094861636
wait "$bg" || fail "status $?"
expect_output 44434241 cat got
# CMD fails: listen stops, and says so; with drop it goes on.
listen 0x2a -- false
sysv-shm-put "$id" 0 CD
status=0
wait "$bg" || status=$?
[ $status = 123 ] || fail "status $status: $(cat errors)"
grep -q "$id" errors || fail "says $(cat errors)"
listen -c 2 --on-failure drop 0x2a -- sh -c 'cat; echo; false'
sysv-shm-put "$id" 0 EF
wait_until grep -q EFBA got
sysv-shm-put "$id" 0 GH
status=0
wait "$bg" || status=$?
[ $status = 123 ] || fail "status $status: $(cat errors)"
expect_output 'EFBA
GHBA' cat got
expect_status 127 ipctl sysv-shm listen 0x2a -- no-such-command
expect_status 126 ipctl sysv-shm listen 0x2a -- /etc/passwd
ipctl sysv-shm rm 0x2a
