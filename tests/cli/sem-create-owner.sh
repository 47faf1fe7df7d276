#!/bin/sh
# sem create --owner USER[:GROUP]: by name or number; without the right to give it away nothing is left behind.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "only root gives a semaphore away"
owner() {
    stat -c '%u %g %a' /dev/shm/sem.owned
    rm /dev/shm/sem.owned
}

expect_output '' ipctl sem create --owner 1234 -m 0640 /owned
expect_output '1234 0 640' owner
expect_output '' ipctl sem create --owner 1234:4321 /owned
expect_output '1234 4321 600' owner
expect_output '' ipctl sem create --owner nobody:nogroup -m 0666 --value 2 /owned
expect_output 2 as_nobody sem-op /owned value
expect_output "$(id -u nobody) $(id -g nobody) 666" owner
expect_output '' ipctl sem create --owner :4321 -m 0060 /owned
expect_output '0 4321 60' owner

for wrong in no-such-user root:no-such-group -1 ''; do
    expect_status 2 ipctl sem create --owner="$wrong" /owned
    expect_error owner
done
expect_status 1 as_nobody ipctl sem create --owner root /owned
expect_error /owned
expect_error 'only root may give it'
expect_output '' ls -A /dev/shm
