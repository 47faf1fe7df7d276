#!/bin/sh
# shm copy into a full /dev/shm, or to a full disk: status 1, and nothing is left, neither of a new copy nor of the old one's.
. "$(dirname "$0")/lib.sh"

mount -t tmpfs -o size=1M tmpfs /dev/shm || skip "cannot mount a small /dev/shm"
mkdir small
mount -t tmpfs -o size=256K tmpfs small || skip "cannot mount a small file system"
head -c 600K /dev/urandom >data
ipctl shm create /here -f data
printf old | ipctl shm create /old -f -
printf old >small/old
full() {
    pattern=$1
    destination=$2
    shift 2
    expect_status 1 ipctl shm copy "$@" /here "$destination"
    expect_error "${destination#file:}: *$pattern"
    expect_output "here
old" ls -A /dev/shm
    expect_output old ls -A small
    expect_output old ipctl shm read /old
    expect_output old cat small/old
    [ "$(df --output=used small | tail -1)" -le 8 ] || fail "something is left: $(df small)"
}
full '/dev/shm is full' /copy
full '/dev/shm is full' /old --force
full 'No space left' small/copy
full 'No space left' small/old --force
full 'No space left' file:small/old --force
ipctl shm rm /here /old
umount small /dev/shm
