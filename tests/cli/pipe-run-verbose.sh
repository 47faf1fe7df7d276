#!/bin/sh
# pipe run -v shows the calls: pipe2 with O_DIRECT, F_SETPIPE_SZ, tee and splice
. "$(dirname "$0")/lib.sh"

expect_status 0 ipctl pipe run -v --packet --capacity 8192 --tee copy -- echo text ::: cat
[ "$(cat "$out")" = text ] || fail "another output"
expect_error 'pipe2(['
expect_error ', 02040000) = 0'
expect_error 'F_SETPIPE_SZ, 8192) = 8192'
expect_error 'tee('
expect_error ') = 5'
expect_error 'splice('
