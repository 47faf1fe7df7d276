#!/bin/sh
# mq create --owner USER[:GROUP]: by name or number; without the right to give it away nothing is left behind.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives a queue away"
owner() {
    stat -c '%u %g %a' /dev/mqueue/owned
    rm /dev/mqueue/owned
}

expect_output '' ipctl mq create --owner 1234 -m 0640 /owned
expect_output '1234 0 640' owner
expect_output '' ipctl mq create --owner 1234:4321 /owned
expect_output '1234 4321 600' owner
expect_output '' ipctl mq create --owner nobody:nogroup /owned
expect_output "$(id -u nobody) $(id -g nobody) 600" owner
expect_output '' ipctl mq create --owner :4321 /owned
expect_output '0 4321 600' owner

for wrong in no-such-user root:no-such-group -1 ''; do
    expect_status 2 ipctl mq create --owner="$wrong" /owned
    expect_error owner
done
expect_status 1 as_nobody ipctl mq create --owner root /owned
expect_error /owned
[ ! -e /dev/mqueue/owned ] || fail "a queue is left although it could not be given away"
