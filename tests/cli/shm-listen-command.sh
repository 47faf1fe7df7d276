#!/bin/sh
# shm listen -- CMD runs CMD for each change, with the new contents on its standard input and what it is about in its environment.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

shm-make /here 4
mkfifo ready
listen() {
    background env IPCTL_PRIORITY=outer sh -c 'exec ipctl shm listen --interval 1ms --ready-fd 5 "$@" 5>ready >got 2>errors' sh "$@"
    read -r _ <ready
}
listen -c 2 /here -- sh -c 'echo "$IPCTL_MECHANISM $IPCTL_NAME $IPCTL_SEQ $IPCTL_LENGTH <$IPCTL_PRIORITY> $(cat)"'
shm-put /here 0 abcd
wait_until grep -q abcd got
shm-put /here 1 x
wait "$bg" || fail "status $?"
expect_output 'shm /here 1 4 <> abcd
shm /here 2 4 <> axcd' cat got

listen -c 1 /here --encode hex --length 2 -- cat
shm-put /here 0 AB
wait "$bg" || fail "status $?"
[ "$(cat got)" = 4142 ] || fail "got $(cat got)"

# CMD fails: listen stops, and says so; with drop it goes on.
listen /here -- false
shm-put /here 0 CD
status=0
wait "$bg" || status=$?
[ $status = 123 ] || fail "status $status: $(cat errors)"
grep -q /here errors || fail "says $(cat errors)"
listen -c 2 --on-failure drop /here -- sh -c 'cat; echo; false'
shm-put /here 0 EF
wait_until grep -q EFcd got
shm-put /here 0 GH
status=0
wait "$bg" || status=$?
[ $status = 123 ] || fail "status $status: $(cat errors)"
expect_output 'EFcd
GHcd' cat got
expect_status 127 ipctl shm listen /here -- no-such-command
expect_output GHcd cat /dev/shm/here
ipctl shm rm /here
