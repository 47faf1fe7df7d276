#!/bin/sh
# shm write -f FILE, -f - and standard input, from a file or a pipe, at --offset: the bytes exactly, the rest is kept.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 700 + b"end")' >data
size=$(stat -c %s data)
wrote() {
    shm-make /here $((size + 10))
    shm-put /here 0 before
    shm-put /here $((size + 5)) after
    expect_output '' sh -c "$1"
    shm-get /here 5 "$size" | cmp - data || fail "other bytes: $1"
    expect_output befor shm-get /here 0 5
    expect_output after shm-get /here $((size + 5)) 5
    ipctl shm rm /here
}
wrote 'ipctl shm write --offset 5 /here -f data'
wrote 'ipctl shm write --offset 5 /here --file data'
wrote 'ipctl shm write --offset 5 /here -f - <data'
wrote 'ipctl shm write --offset 5 /here <data'
wrote 'cat data | ipctl shm write --offset 5 /here'
wrote 'cat data | ipctl shm write --offset 5 /here -f -'
wrote '{ dd bs=1000 status=none; } <data | ipctl shm write --grow --offset 5 /here'
# A file is read from where it stands.
{ printf skipped; cat data; } >longer
wrote '{ dd bs=7 count=1 of=/dev/null status=none; ipctl shm write --offset 5 /here; } <longer'

shm-make /here 10
expect_output '' ipctl shm write /here </dev/null
expect_output '' sh -c ': | ipctl shm write /here'
expect_status 1 ipctl shm write /here -f none
expect_error 'none: *No such file'
expect_status 1 ipctl shm write /here -f .
expect_error 'directory'
expect_status 1 sh -c 'ipctl shm write /here <&-'
expect_error 'standard input'
printf '\0\0\0\0\0\0\0\0\0\0' | cmp - /dev/shm/here
ipctl shm rm /here
