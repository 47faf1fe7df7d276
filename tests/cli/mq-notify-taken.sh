#!/bin/sh
# mq listen --notify when another process holds the registration: the error names it, and it stays registered.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
background sh -c 'exec mq-notify /q USR1 >said'
wait_until grep -q registered said
expect_status 1 ipctl mq listen --notify -w 5 /q
expect_error '/q: '
expect_error "$bg"
expect_error mq-notify
expect_error registration
grep -q "NOTIFY_PID:$bg" /dev/mqueue/q || fail "it is not registered any more: $(cat /dev/mqueue/q)"
expect_status 124 ipctl mq listen -w 10ms /q
mq-send /q 0 x
wait_until grep -q notified said
kill "$bg"
wait "$bg" || :

# The other way round: C is refused while ipctl holds it.
mq-recv /q >/dev/null
mkfifo ready
background sh -c 'exec ipctl mq listen --notify --ready-fd 5 /q 5>ready >got'
read -r _ <ready
expect_status 1 mq-notify /q USR1
expect_error busy
# An ipctl that only looks or receives does not end the registration.
expect_status 0 ipctl mq stat /q
expect_status 3 ipctl mq recv -n /q
mq-send /q 0 x
wait_until grep -q '^/q 1' got
kill "$bg"
expect_status 2 ipctl mq listen --notify --journal journal /q
mq-recv /q >/dev/null
ipctl mq rm /q
