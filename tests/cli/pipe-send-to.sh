#!/bin/sh
# pipe send --to CMD: as popen(3) and pclose(3): CMD reads the messages, its status is ours, however it ends
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

expect_output 'a
b' ipctl pipe send --to 'sort -u' b a b
expect_output 'a
b' sh -c 'printf "b\na\nb\n" | ipctl pipe send --to "sort -u"'
for status in 0 1 3 123 126 255; do expect_status $status ipctl pipe send --to "cat; exit $status" x; done
expect_status 143 ipctl pipe send --to 'cat; kill -TERM $$' x
expect_status 137 ipctl pipe send --to 'cat; kill -KILL $$' x
# The shell's own words for it.
expect_status 127 ipctl pipe send --to 'cat >seen; no-such-command' x
expect_error 'not found'
expect_status 126 ipctl pipe send --to 'cat >seen; exec /' x
expect_status 2 ipctl pipe send --to ''
# Any length, marks, bytes as they are, and nothing at all.
expect_output 100001 ipctl pipe send --to 'wc -c' "$(printf '%100000s' x)"
expect_output '3,' ipctl pipe send -0 --to "tr '\\0' ," 3
expect_output "$(seq 30000)" sh -c 'seq 30000 | ipctl pipe send --stream --to cat'
expect_output 'end' sh -c 'ipctl pipe send --to "cat; echo end" </dev/null'
# CMD has no descriptor of ours, and the others as they are.
expect_output "$(ls /proc/self/fd)" ipctl pipe send --to 'ls /proc/self/fd' x
expect_output x sh -c 'ipctl pipe send --to "cat >&5" x 5>&1 >/dev/null'
# What is wrong with a message is found before CMD runs.
expect_status 1 ipctl pipe send --to 'touch ran' "$(printf 'a\nb')"
[ ! -e ran ]
