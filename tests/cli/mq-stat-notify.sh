#!/bin/sh
# mq stat and ls: method, signal and registrant of a notification, as the status file has them; looking disturbs nothing.
. "$(dirname "$0")/lib.sh"

notification() {
    ipctl mq stat -o notify,signal,registrant --noheadings /q | xargs
}
ipctl mq create --message-size 1K /q
expect_output 'none - -' notification
background sh -c 'exec mq-notify /q USR1 >said'
wait_until grep -q registered said
for _ in 1 2 3; do
    expect_output "SIGEV_SIGNAL 10 $bg" notification
    expect_status 0 ipctl mq ls -o +notify,registrant,holders
done
grep -q "NOTIFY:0 *SIGNO:10 *NOTIFY_PID:$bg" /dev/mqueue/q || fail "status: $(cat /dev/mqueue/q)"
ipctl mq send /q x
wait_until grep -q notified said
expect_output "SIGEV_SIGNAL 10 $bg" notification
kill "$bg"
wait "$bg" || :
expect_output 'none - -' notification

rm said
background sh -c 'exec mq-notify /q none >said'
wait_until grep -q registered said
expect_output "SIGEV_NONE - $bg" notification
expect_output '{"schema":1,"objects":[{"mechanism":"mq","notify":"SIGEV_NONE","signal":null,"registrant":'"$bg"'}]}' \
    ipctl mq stat -J -o notify,signal,registrant /q
mq-recv /q >/dev/null
ipctl mq rm /q
