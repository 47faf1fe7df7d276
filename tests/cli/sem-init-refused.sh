#!/bin/sh
# sem init of what does not exist, is no regular file, or is a name: its own status and message, and nothing is made.
. "$(dirname "$0")/lib.sh"

refused() {
    expect_status "$1" ipctl sem init "$3"
    expect_error "$2"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
}
refused 4 'none: ' shm:/none+64
refused 4 'file:none+64: ' file:none+64
refused 4 'file:no/such+0: ' file:no/such+0
mkfifo fifo
mkdir directory
refused 1 'file:fifo: ' file:fifo
refused 1 'file:directory: ' file:directory
refused 1 'file:/dev/null: ' file:/dev/null
refused 1 'file:/dev/zero+64: ' file:/dev/zero+64
refused 2 path file:
refused 2 path file:+64
refused 2 'shared memory' shm:
for name in q /q q+64 /q+64; do
    refused 2 "'$name' is a name" "$name"
    expect_error 'shm:/NAME+OFFSET'
    expect_status 2 ipctl sem destroy "$name"
    expect_error "'$name' is a name"
done
for wrong in 2147483648 -1 x ''; do
    expect_status 2 ipctl sem init --value="$wrong" shm:/none
    expect_error --value
done
expect_status 2 ipctl sem init
expect_error ADDRESS
expect_output 'directory fifo' sh -c 'ls | xargs'
expect_output '' ls -A /dev/shm
