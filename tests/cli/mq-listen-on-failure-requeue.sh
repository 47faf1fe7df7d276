#!/bin/sh
# mq listen --on-failure requeue: a message whose command failed is tried again until it succeeds, at its priority.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 5 hard
cat >work <<'S'
#!/bin/sh
echo "$(cat) $IPCTL_PRIORITY" >>tries
[ "$(wc -l <tries)" -gt 2 ]
S
chmod +x work
expect_status 123 ipctl mq listen -c 3 --on-failure requeue /q -- ./work
expect_error 'back to /q'
expect_output 'hard 5
hard 5
hard 5' cat tries
expect_status 3 mq-recv -n /q

# It does not stand in the way of others for good, and is not tried at full speed.
rm tries
mq-send /q 0 hard other
cat >work <<'S'
#!/bin/sh
read -r message || :
echo "$message" >>tries
[ "$message" = other ]
S
background sh -c 'exec ipctl mq listen --on-failure requeue /q -- ./work 2>errors'
wait_until grep -q other tries
wait_until sh -c '[ $(grep -c hard tries) -ge 3 ]'
wait_until sh -c '[ $(grep -c hard tries) -ge 5 ]'
kill "$bg"
wait "$bg" || :
[ "$(grep -c . tries)" -lt 20 ] || fail "a busy loop: $(grep -c . tries) tries"
expect_output '0 4 hard' mq-recv -n /q
ipctl mq rm /q
