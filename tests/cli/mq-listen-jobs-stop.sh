#!/bin/sh
# mq listen -j: when one command fails, those that run finish, nothing more is taken, and only the failed one's message goes back.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
cat >work <<'S'
#!/bin/sh
message=$(cat)
touch "run-$message"
until [ -e "go-$message" ]; do sleep 0.02; done
echo "$message"
[ "$message" != bad ]
S
chmod +x work
mq-send /q 5 one bad two
background sh -c 'exec ipctl mq listen -j 3 /q -- ./work >got 2>errors'
wait_until test -e run-one -a -e run-bad -a -e run-two
mq-send /q 4 later
# The place that the failure leaves is not taken by another message.
touch go-bad
wait_until grep -q 'back to /q' errors
touch go-one go-two
status=0
wait "$bg" || status=$?
[ $status = 123 ] || fail "status $status"
expect_output 'bad
one
two' sort got
[ ! -e run-later ] || fail "took another message after the failure"
expect_output '5 3 bad
4 5 later' mq-recv -n /q 2
expect_status 3 mq-recv -n /q
ipctl mq rm /q
