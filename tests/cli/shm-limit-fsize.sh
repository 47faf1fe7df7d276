#!/bin/sh
# A file size limit (ulimit -f, RLIMIT_FSIZE) is an error that names it, not a SIGXFSZ; a new object or copy is not left.
. "$(dirname "$0")/lib.sh"

head -c 40K /dev/urandom >data
limited() {
    expect_status 1 sh -c 'ulimit -f 40; exec "$@"' sh ipctl shm "$@"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
}
limited create /none 1M
expect_error 'ulimit -f'
limited create /none -f data
expect_error 'ulimit -f'
limited create --sparse /none 1M
expect_error 'ulimit -f'
limited create --sparse /none 1M -f data
expect_output '' ls -A /dev/shm

ipctl shm create /here -f data
limited resize /here 1M
expect_error 'ulimit -f'
limited resize --sparse /here 1M
expect_error 'ulimit -f'
limited write --grow /here --offset 40K x
expect_error 'ulimit -f'
limited copy /here /copy
limited copy /here ./copy
[ ! -e copy ] || fail "a file is left"
expect_output here ls -A /dev/shm
cmp data /dev/shm/here
# What lies below the limit may be written.
expect_output '' sh -c 'ulimit -f 40; ipctl shm write /here text'
limited write /here --offset 20479 ab
expect_error '/here: '
expect_error ' 1 bytes were written'
expect_output texta sh -c 'shm-get /here 0 4; shm-get /here 20479 1'
expect_output 40960 shm-size /here
ipctl shm rm /here
