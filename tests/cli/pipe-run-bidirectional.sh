#!/bin/sh
# pipe run --bidirectional: two commands talk to each other, and each sees when the other ends
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl pipe run --bidirectional -- bash -c 'for i in 1 2 3; do echo $i; read -r x; echo "got $x" >>log; done' ::: \
    zsh -c 'while read -r n; do echo $((n * n)); done'
expect_output 'got 1
got 4
got 9' cat log
# The standard input and output of ipctl are nobody's.
expect_output '' ipctl pipe run --bidirectional -- sh -c 'echo a; cat >one' ::: sh -c 'read -r x; echo "$x$x"' <<X
not for them
X
expect_output aa cat one
# A filter as a coprocess.
expect_output '' orphans ipctl pipe run --bidirectional -- sh -c 'echo 6; read -r x; echo "$x" >one' ::: sed -u 's/6/six/'
expect_output six cat one
expect_status 9 orphans ipctl pipe run --bidirectional -- sh -c 'kill -KILL $$' ::: sh -c 'cat; exit 9'
for command in 'true' 'true ::: true ::: true'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl pipe run --bidirectional -- $command
    expect_error '--bidirectional: two commands, A ::: B, not '
done
