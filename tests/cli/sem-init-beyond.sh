#!/bin/sh
# sem at an address beyond the end of what is there: an error that tells offset and size, and nothing grows.
. "$(dirname "$0")/lib.sh"

shm-make /m 100
shm-make /empty 0
truncate -s 100 data
beyond() {
    for verb in init 'init --force' destroy post wait 'listen -n'; do
        # shellcheck disable=SC2086  # words
        expect_status 1 ipctl sem $verb "$1"
        expect_error "$1: "
        expect_error 'beyond the end'
        expect_error "at offset $2"
        expect_error "there are $3 bytes"
    done
    expect_status 125 ipctl sem run "$1" -- touch ran
    expect_error 'beyond the end'
    [ ! -e ran ] || fail "the command ran"
}
beyond shm:/m+72 72 100
beyond shm:/m+104 104 100
beyond shm:/m+1048576 1048576 100
beyond shm:/m+4611686018427387904 4611686018427387904 100
beyond shm:/empty 0 0
beyond file:data+72 72 100
beyond file:data+4096 4096 100
expect_output '100' stat -c %s data
expect_output '100 0' sh -c 'cd /dev/shm; stat -c %s m empty | xargs'
expect_output '' ipctl sem init shm:/m+64
rm /dev/shm/m /dev/shm/empty
