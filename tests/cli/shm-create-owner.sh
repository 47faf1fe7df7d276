#!/bin/sh
# shm create --owner USER[:GROUP]: by name or number; without the right to give it away nothing is left behind.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives an object away"
owner() {
    stat -c '%u %g %a' /dev/shm/owned
    rm /dev/shm/owned
}

expect_output '' ipctl shm create --owner 1234 -m 0640 /owned 10
expect_output '1234 0 640' owner
expect_output '' ipctl shm create --owner 1234:4321 /owned 10
expect_output '1234 4321 600' owner
expect_output '' ipctl shm create --owner nobody:nogroup /owned 10
expect_output "$(id -u nobody) $(id -g nobody) 600" owner
expect_output '' ipctl shm create --owner :4321 /owned 10
expect_output '0 4321 600' owner

for wrong in no-such-user root:no-such-group -1 ''; do
    expect_status 2 ipctl shm create --owner="$wrong" /owned 10
    expect_error owner
done
expect_status 1 as_nobody ipctl shm create --owner root /owned 10
expect_error /owned
expect_error 'only root'
expect_output '' ls -A /dev/shm
