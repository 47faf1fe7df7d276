#!/bin/sh
# shm create -f FILE: an object of the file's length and bytes; -f - takes standard input, a pipe or a file from where it stands.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 500 + b"end")' >file
same() {
    expect_status 0 "$@"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    cmp /dev/shm/made file || fail "other bytes: $*"
    shm-get /made 0 "$(stat -c %s file)" | cmp - file
    rm /dev/shm/made
}
same ipctl shm create /made -f file
same ipctl shm create --file=./file -- /made
same sh -c 'cat file | ipctl shm create /made -f -'
same sh -c 'ipctl shm create /made -f - <file'
same sh -c 'ipctl shm create /made 128003 -f file'
same sh -c 'ipctl shm create --sparse /made 128003 -f file'
{ printf skipped; cat file; } >longer
same sh -c '{ dd bs=7 count=1 of=/dev/null status=none; ipctl shm create /made -f -; } <longer'
: >file
same ipctl shm create /made -f file
same sh -c ': | ipctl shm create /made -f -'
expect_output '' ipctl shm create /made -f /proc/self/comm
expect_output ipctl cat /dev/shm/made
rm /dev/shm/made
