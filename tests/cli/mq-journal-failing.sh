#!/bin/sh
# With --journal, too, a message whose command fails goes back; where neither queue nor disk takes it, it stays in the journal.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
mq-make /q 3 100 0644
mount -t tmpfs -o ro none /var/tmp
install -m 755 "$(command -v ipctl)" "$tmp/.bin/ipctl-copy"
mkdir home
chown 65534 home
run() {
    as_nobody env HOME=/proc XDG_STATE_HOME=/proc/none "$tmp/.bin/ipctl-copy" mq listen --journal "$tmp/home/journal" "$@"
}
mq-send /q 5 precious
expect_status 123 run /q -- false
expect_error 'stays in the journal'
expect_error home/journal
expect_status 3 mq-recv -n /q
expect_status 1 run -n /q
expect_error --replay
expect_status 123 run -n --replay /q -- false
expect_error 'stays in the journal'
expect_output '5 precious' run -n --replay -c 1 -F '%p %s' /q
expect_status 3 run -n --replay /q
for message in one two; do mq-send /q 5 $message; done
expect_status 123 run -c 2 --on-failure requeue /q -- false
expect_error 'stays in the journal'
expect_output '5 3 two' mq-recv -n /q
expect_output '5 one' run -n --replay -c 1 -F '%p %s' /q
ipctl mq rm /q
