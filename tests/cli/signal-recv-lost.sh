#!/bin/sh
# signal recv: a signal that the full queue had no room for is received, and marked as lost
. "$(dirname "$0")/lib.sh"

nobody_prepare ipctl
mkfifo go.pipe
chmod 666 go.pipe
cat > wait-and-recv <<S
read -r _ < go.pipe
exec $nobody_program signal recv -a USR1 USR2 RTMIN -F '%s %{code} %{value} %P %{lost}'
S
background as_nobody prlimit --sigpending=0 -- "$nobody_program" signal run --block USR1,USR2,RTMIN -- bash wait-and-recv > got
wait_until sh -c "ipctl signal stat $bg -o blocked --noheadings | grep -q USR1"
wait_until grep -qx bash "/proc/$bg/comm"
expect_status 3 ipctl signal send "$bg" RTMIN --value 1
# sigqueue(3) of a standard signal succeeds, and kill(2) of a real-time one.
expect_status 0 ipctl signal send "$bg" USR1 --value 5
expect_status 0 ipctl signal send "$bg" RTMIN
echo > go.pipe
wait "$bg" || fail "status $?"
lost=1
[ "$(readlink /proc/self/ns/pid)" = 'pid:[4026531836]' ] || lost=-
[ "$(cat got)" = "USR1 user - - $lost
RTMIN user - - $lost" ] || fail "got $(cat got)"
